// Inventory: from API objects to image uses: owners, activity, which revision is history.
// It knows no network, no files, no clock and no screen; records come from decoders above it.
