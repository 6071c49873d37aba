#!/bin/sh
# How Trunk's hooks reach xtask: `sh xtask/hook.sh COMMAND` runs `cargo xtask COMMAND "$TRUNK_STAGING_DIR"`.
# Under `cargo xtask` it is that program itself; by hand, cargo builds it, without what is meant for the wasm build alone.
set -eu
if [ -x "${INTERLEAVE_XTASK:-}" ]; then
    exec "$INTERLEAVE_XTASK" "$1" "$TRUNK_STAGING_DIR"
fi
exec env -u RUSTC_BOOTSTRAP -u CARGO_UNSTABLE_BUILD_STD -u CARGO_UNSTABLE_BUILD_STD_FEATURES cargo xtask "$1" "$TRUNK_STAGING_DIR"
