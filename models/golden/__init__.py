"""Values of reference implementations that the program's metrics must agree with."""
