// WireFuzzing
// Seeded mutations of real answers, and what must hold for every one of them. The test suite runs a
// few thousand cases, the program `WireFuzz` a million. Nothing of the product belongs here.
