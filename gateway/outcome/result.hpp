// Result<T>: a value or the Failure that took its place. Nothing on the request path throws.
#pragma once

#include <boost/system/result.hpp>
#include <stdexcept>

#include "outcome/failure.hpp"

namespace weft {

// Called by Result<T>::value() without a value: a bug, so it throws what ends the connection with a
// 500.
[[noreturn]] inline void throw_exception_from_error(
    const Failure& failure, const boost::source_location& where
) {
    throw std::logic_error(
        std::string{"value() of a failed result ("} + std::string{traits(failure.kind()).code} +
        ") at " + where.to_string()
    );
}

template <class T>
using Result = boost::system::result<T, Failure>;

}  // namespace weft
