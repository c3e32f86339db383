#include "http_service/answer.hpp"

#include <cstdint>
#include <utility>

namespace stub {
namespace {

std::string_view phrase(int status) {
    switch (status) {
        case 400:
            return "Bad Request";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 416:
            return "Range Not Satisfiable";
        case 500:
            return "Internal Server Error";
        case 503:
            return "Service Unavailable";
        default:
            return "Error";
    }
}

// What a client sent may not be UTF-8, and comes back in the detail.
std::string text_of(const Json& body) {
    return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string tag_of(std::string_view body) {
    std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
    for (const char c : body) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string tag = "\"";
    for (int shift = 60; shift >= 0; shift -= 4) tag += digits[(hash >> shift) & 15];
    return tag + '"';
}

// A list of tags, each perhaps marked as weak, or `*`. Our tags hold no comma.
bool names_tag(std::string_view list, std::string_view tag) {
    while (!list.empty()) {
        const auto comma = list.find(',');
        auto entry = list.substr(0, comma);
        list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
        while (!entry.empty() && entry.front() == ' ') entry.remove_prefix(1);
        while (!entry.empty() && entry.back() == ' ') entry.remove_suffix(1);
        if (entry.starts_with("W/")) entry.remove_prefix(2);
        if (entry == tag || entry == "*") return true;
    }
    return false;
}

Json problem(int status, std::string_view detail) {
    return {
        {"type", "about:blank"},
        {"title", phrase(status)},
        {"status", status},
        {"detail", detail},
    };
}

void set_problem(httplib::Response& response, int status, const Json& body) {
    response.status = status;
    response.set_content(text_of(body), "application/problem+json");
}

}  // namespace

Document make_document(const Json& body) {
    auto text = text_of(body);
    auto tag = tag_of(text);
    return {std::move(text), std::move(tag)};
}

void answer_document(
    const httplib::Request& request, httplib::Response& response, const Document& document
) {
    response.set_header("ETag", document.tag);
    if (names_tag(request.get_header_value("If-None-Match"), document.tag)) {
        response.status = 304;
        return;
    }
    response.status = 200;
    response.set_content(document.text, "application/json");
}

void answer_json(const httplib::Request& request, httplib::Response& response, const Json& body) {
    answer_document(request, response, make_document(body));
}

void answer_created(httplib::Response& response, const std::string& location, const Json& body) {
    const auto document = make_document(body);
    response.status = 201;
    response.set_header("Location", location);
    response.set_header("ETag", document.tag);
    response.set_content(document.text, "application/json");
}

void answer_problem(httplib::Response& response, int status, std::string_view detail) {
    set_problem(response, status, problem(status, detail));
}

void answer_mistakes(httplib::Response& response, const std::vector<Mistake>& mistakes) {
    auto body = problem(400, "the document has mistakes");
    for (const auto& mistake : mistakes) {
        body["errors"].push_back({{"pointer", mistake.pointer}, {"detail", mistake.detail}});
    }
    set_problem(response, 400, body);
}

}  // namespace stub
