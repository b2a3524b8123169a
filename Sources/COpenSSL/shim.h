// The hash functions of OpenSSL's libcrypto, by their one interface (EVP).
#ifndef PLATEAU_COPENSSL_SHIM_H
#define PLATEAU_COPENSSL_SHIM_H

#include <openssl/evp.h>

#endif
