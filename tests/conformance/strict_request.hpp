// Judges the requests that a service is sent, byte by byte and by code that shares nothing with the
// gateway's: what is let through here means the same to any reader.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace weft::conformance {

struct ServiceRequest {
    std::string method;
    std::string target;
    std::vector<std::pair<std::string, std::string>> fields;  // names in lower case
    std::string body;

    // How often the field is there.
    std::size_t count(const std::string& name) const;
    // The first value; empty if there is none.
    std::string value(const std::string& name) const;
    // The last one.
    std::string last_value(const std::string& name) const;
};

// The next request at the front of `bytes`, taken off it; nothing while it is not whole. Throws
// std::runtime_error that says what is wrong with it. `host` is the Host it must have.
std::optional<ServiceRequest> take_request(std::string& bytes, const std::string& host);

}  // namespace weft::conformance
