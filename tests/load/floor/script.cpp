#include "floor/script.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace bench {

std::size_t Script::answer_length() const {
    std::size_t length = last_literal.size();
    for (const auto& piece : pieces) {
        length += piece.literal.size() + calls.at(piece.call).body_length;
    }
    return length;
}

Script read_script(const std::filesystem::path& file) {
    std::ifstream input{file};
    if (!input) throw std::runtime_error{"cannot read " + file.string()};
    try {
        const auto written = nlohmann::json::parse(input);
        Script script;
        for (const auto& call : written.at("calls")) {
            script.calls.push_back({call.at("request"), call.at("head"), call.at("body")});
        }
        for (const auto& piece : written.at("pieces")) {
            script.pieces.push_back({piece.at("literal"), piece.at("call")});
        }
        script.last_literal = written.at("last");
        if (script.calls.empty()) throw std::runtime_error{file.string() + ": no calls"};
        script.answer_length();
        return script;
    } catch (const nlohmann::json::exception& error) {
        throw std::runtime_error{file.string() + ": " + error.what()};
    } catch (const std::out_of_range&) {
        throw std::runtime_error{file.string() + ": a piece names a call that is not there"};
    }
}

}  // namespace bench
