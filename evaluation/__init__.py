"""Gold sets, metrics, benchmarks: `danvan-evaluate` measures the product as any caller would use it."""
