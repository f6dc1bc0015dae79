// SourceFiles: files and folders, archives and revisions, to the references that `Manifests` finds
// in them; and writing changed files back. What a text means is not its business, nor how it is
// reported.
