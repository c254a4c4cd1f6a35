"""What benchmarks are made of: servers to compare, signed requests, a load generator."""
