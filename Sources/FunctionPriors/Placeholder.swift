// FunctionPriors
