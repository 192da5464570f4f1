"""Rules of survey rounds as plain values: samples, draws, what a design allows. No database, no clock."""
