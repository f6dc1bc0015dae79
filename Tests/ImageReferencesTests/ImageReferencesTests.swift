// Tests of the module ImageReferences: the grammar case by case, the recorded cluster's
// references, and hostile text.
