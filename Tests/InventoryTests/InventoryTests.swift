// Tests of Inventory: owners, activity, history, merging, nodes, marks; records come from
// factories.
