export default { docs: ["waiting", "computing"] };
