import Testing

/// Everything that talks to the local servers: one test after another, because some count the
/// descriptors of this process.
@Suite(.serialized, .timeLimit(.minutes(5))) enum LocalServerTests {}
