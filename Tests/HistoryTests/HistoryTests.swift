// Tests of the History module: a database in a folder of its own for each test.
