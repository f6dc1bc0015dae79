// What a policy means, and that every engine's text says the same: see Policy/.
