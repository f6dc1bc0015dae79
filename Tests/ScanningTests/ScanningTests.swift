// Tests of Scanning: whole scans against an in-process server of canned answers.
