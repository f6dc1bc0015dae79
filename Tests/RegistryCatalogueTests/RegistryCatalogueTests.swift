// Tests of the module RegistryCatalogue: the embedded data rule by rule, rules files, dates and
// the risk matrix.
