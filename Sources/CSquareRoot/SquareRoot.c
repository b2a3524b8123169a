#include "SquareRoot.h"
