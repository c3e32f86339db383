#include "integration/harness/scripted_service.hpp"

#include <utility>

namespace weft {

std::string answer_bytes(int status, const std::string& body) {
    return "HTTP/1.1 " + std::to_string(status) +
           " Scripted\r\nContent-Type: application/json\r\n" +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string json_answer(const std::string& body) { return answer_bytes(200, body); }

ScriptedService::Script ScriptedService::json(std::function<std::string(const Message&)> body) {
    return [body = std::move(body)](const Message& request, Connection& connection) {
        connection.send(json_answer(body(request)));
    };
}

ScriptedService::ScriptedService(Script script)
    : script_{std::move(script)}, service_{[this](Connection& connection) {
          converse(connection);
      }} {}

void ScriptedService::converse(Connection& connection) {
    while (auto request = connection.read_message()) {
        {
            const std::lock_guard lock{mutex_};
            requests_.push_back(*request);
            changed_.notify_all();
        }
        script_(*request, connection);
    }
}

std::vector<Message> ScriptedService::requests() const {
    const std::lock_guard lock{mutex_};
    return requests_;
}

bool ScriptedService::wait_for_requests(std::size_t count) const {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, patience, [&] { return requests_.size() >= count; });
}

}  // namespace weft
