// Which route answers a request, and the errors where none does.
#pragma once

#include <httplib.h>

#include <string>
#include <string_view>
#include <vector>

#include "http_service/service.hpp"

namespace stub {

// The last segment of a request target's path as it was sent, still percent-encoded.
std::string_view last_segment(std::string_view target);

class Router {
  public:
    explicit Router(std::vector<Route> routes) : routes_{std::move(routes)} {}

    void answer(const httplib::Request& request, httplib::Response& response) const;

  private:
    std::vector<Route> routes_;
};

}  // namespace stub
