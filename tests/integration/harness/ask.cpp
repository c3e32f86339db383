#include "integration/harness/ask.hpp"

#include <stdexcept>

namespace weft {

std::string request_bytes(const Asked& asked) {
    std::string bytes =
        asked.method + ' ' + asked.target + " HTTP/1.1\r\nHost: " + asked.host + "\r\n";
    for (const auto& [name, value] : asked.fields) {
        bytes.append(name).append(": ").append(value).append("\r\n");
    }
    if (!asked.body.empty())
        bytes += "Content-Length: " + std::to_string(asked.body.size()) + "\r\n";
    return bytes + "\r\n" + asked.body;
}

Message ask(std::uint16_t port, const Asked& asked) {
    auto connection = Connection::to(port);
    return ask_on(connection, asked);
}

Message get(std::uint16_t port, const std::string& target, const Fields& fields) {
    return ask(port, {.target = target, .fields = fields});
}

Message get_admin(std::uint16_t port, const std::string& target) {
    return ask(port, {.target = target, .host = "localhost"});
}

Message ask_on(Connection& connection, const Asked& asked) {
    connection.send(request_bytes(asked));
    const auto rule = asked.method == "HEAD" ? BodyRule::never : BodyRule::by_framing;
    auto answer = connection.read_message(rule);
    if (!answer) throw std::runtime_error{"closed without an answer to " + asked.target};
    return std::move(*answer);
}

}  // namespace weft
