"""log Phi(z), phi(z)/Phi(z), its excess over -z and the variance left after truncation, to 40 digits.

    pip install mpmath
    python make_normal_tail_values.py > normal_tail.json
"""

import json

import mpmath as mp

mp.mp.dps = 60
rows = []
for z in [-1e3, -300, -100, -38.5, -20, -10, -7, -5, -4.001, -4, -3.999, -3, -2.001, -2, -1.999, -1, -0.1, 0, 0.1, 1, 2, 3, 5, 8, 10]:
    z = mp.mpf(z)
    probability = mp.erfc(-z / mp.sqrt(2)) / 2
    ratio = mp.npdf(z) / probability
    rows.append(
        {
            "z": float(z),
            "logProbability": float(mp.log(probability)),
            "ratio": float(ratio),
            "shiftedRatio": float(z + ratio),
            "removedVariance": float(ratio * (z + ratio)),
            "remainingVariance": float(1 - ratio * (z + ratio)),
        }
    )
print(json.dumps({"source": f"mpmath {mp.__version__}", "rows": rows}, indent=1))
