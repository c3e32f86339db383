// The other ends of the connections under test.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>

#include "async/types.hpp"

namespace weft {

using Socket = asio::basic_stream_socket<Tcp, Executor>;

}  // namespace weft
