// The grammar of image references and nothing else: text in, a normalised reference, a
// placeholder or the reason why it is neither out. Nobody else splits on ":" or "/".
// What a registry does with a reference belongs in RegistryCatalogue.
