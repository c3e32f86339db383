// What services answer: JSON with an ETag, or a problem (RFC 9457).
#pragma once

#include <httplib.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace stub {

// Keeps the order in which members are written.
using Json = nlohmann::ordered_json;

// A body that is ready to be sent, with its ETag.
struct Document {
    std::string text;
    std::string tag;
};

Document make_document(const Json& body);

// 200 with the document; 304 without it if the request already has it (If-None-Match, RFC 9110
// section 13.1.2).
void answer_document(
    const httplib::Request& request, httplib::Response& response, const Document& document
);
void answer_json(const httplib::Request& request, httplib::Response& response, const Json& body);

void answer_created(httplib::Response& response, const std::string& location, const Json& body);

void answer_problem(httplib::Response& response, int status, std::string_view detail);

// One mistake in a document that was sent.
struct Mistake {
    std::string pointer;  // RFC 6901
    std::string detail;
};

// 400 that names every mistake.
void answer_mistakes(httplib::Response& response, const std::vector<Mistake>& mistakes);

}  // namespace stub
