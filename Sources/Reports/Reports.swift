// Reports: the report model, classification, total order, grouping, and one renderer per format.
// No network, no files, no clock: a renderer is a pure function from Report to bytes.
