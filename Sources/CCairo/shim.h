// Cairo draws, Pango lays out text. g_object_unref takes a gpointer, which Swift accepts as it is;
// the vector back ends live in headers of their own.
#ifndef PLATEAU_CCAIRO_SHIM_H
#define PLATEAU_CCAIRO_SHIM_H

#include <cairo.h>
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

#endif
