// The one place where the code of Asio and Beast is compiled; every other file sees declarations.
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
