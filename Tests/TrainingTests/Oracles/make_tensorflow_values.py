#!/usr/bin/env python3
"""Make tensorflow_steps.json: weights after each of 12 steps of TensorFlow 1's optimisers.

Needs the PyPI package tensorflow-cpu (2.x has the optimisers of version 1 in tf.compat.v1). The problem is logistic regression
of 6 examples with 3 inputs and a bias, full batch, in float64: loss = mean(log(1 + exp(z)) - y z), z = x w + b. Entropy-SGD is
none of TensorFlow's: its steps without noise are written out below from algorithm 1 of Chaudhari et al. (2016).
"""
import json
import pathlib

import numpy as np
import tensorflow as tf

STEPS = 12
X = np.array([[0.5, 1.0, 0.0], [1.0, 0.25, 0.75], [0.0, 0.5, 1.0], [0.75, 0.75, 0.25], [0.25, 0.0, 0.5], [1.0, 1.0, 1.0]])
Y = np.array([1.0, 0.0, 1.0, 1.0, 0.0, 0.0])
START = np.array([0.5, -0.25, 1.0, 0.125])


def gradient(w):
    z = X @ w[:3] + w[3]
    error = (1 / (1 + np.exp(-z)) - Y) / len(Y)
    return np.concatenate([X.T @ error, [error.sum()]])


def tensorflow(optimiser):
    graph = tf.Graph()
    with graph.as_default(), tf.compat.v1.Session(graph=graph) as session:
        w = tf.compat.v1.get_variable("w", initializer=tf.constant(START, tf.float64), use_resource=False)
        z = tf.linalg.matvec(tf.constant(X, tf.float64), w[:3]) + w[3]
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.constant(Y, tf.float64), logits=z))
        step = optimiser(tf.compat.v1.train).minimize(loss)
        session.run(tf.compat.v1.global_variables_initializer())
        values = []
        for _ in range(STEPS):
            session.run(step)
            values.append(session.run(w).tolist())
        return values


def entropy_sgd(rate=1.0, langevin=5, scope=0.03, inner=0.1, averaging=0.75):
    w, values, count = START.copy(), [], 0
    for _ in range(STEPS):
        if count == 0:
            x, mean = w.copy(), w.copy()
        x = x - inner * (gradient(x) - scope * (w - x))
        mean = (1 - averaging) * mean + averaging * x
        count += 1
        if count == langevin:
            w, count = w - rate * (w - mean), 0
        values.append(w.tolist())
    return values


def main():
    values = {
        "start": START.tolist(),
        "inputs": X.tolist(),
        "labels": Y.tolist(),
        "steps": {
            "sgd": tensorflow(lambda train: train.GradientDescentOptimizer(0.1)),
            "momentum": tensorflow(lambda train: train.MomentumOptimizer(0.01, 0.9)),
            "adam": tensorflow(lambda train: train.AdamOptimizer(1e-3, 0.9, 0.999, 1e-8)),
            "adagrad": tensorflow(lambda train: train.AdagradOptimizer(0.01, 0.1)),
            "rmsprop": tensorflow(lambda train: train.RMSPropOptimizer(1e-3, 0.9, epsilon=1e-10)),
            "entropy-sgd": entropy_sgd(),
        },
    }
    path = pathlib.Path(__file__).with_name("tensorflow_steps.json")
    path.write_text(json.dumps(values, indent=1) + "\n")


if __name__ == "__main__":
    main()
