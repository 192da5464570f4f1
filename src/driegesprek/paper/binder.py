def bind(parts): return parts[0]
