// RequestReader: the same for any split of the bytes, and in agreement with a second reader that
// knows the RFC's grammar and nothing else. What is accepted must be well-formed without exception;
// what is refused must be malformed, or have a clause against it.
#include "fuzz/grammar/request.hpp"

#include <optional>
#include <string>
#include <string_view>

#include "fuzz/conversation.hpp"
#include "fuzz/stricter.hpp"
#include "fuzz/target.hpp"
#include "http/target.hpp"

namespace weft::fuzz {

// What is kept of the requests for comparing takes most of the memory.
const Budget budget{.memory_per_byte = 100};

namespace {

constexpr std::uint64_t body_limit = 1000;

void require_same(const ReadRequest& ours, const grammar::Request& theirs) {
    require(to_string(ours.method) == theirs.method, "the method");
    require(ours.minor_version == theirs.version.minor && theirs.version.major == 1, "the version");
    require(ours.body == theirs.body, "the body");
    require(ours.keep_alive == theirs.persistent, "whether the connection stays open");
    require(ours.fields.size() == theirs.fields.size(), "the number of fields");
    for (std::size_t i = 0; i < ours.fields.size(); ++i) {
        require(ours.fields[i].first == theirs.fields[i].first, "a field's name");
        require(ours.fields[i].second == theirs.fields[i].second, "a field's value");
    }
    if (theirs.absolute.scheme.empty()) {
        require(ours.target == theirs.target, "the target");
    } else {
        const std::string cut{theirs.absolute.path_and_query};
        const bool rooted =
            ours.target == cut || ours.target == "/" + cut || (ours.target == "*" && cut.empty());
        require(rooted, "the target of an absolute-form");
    }
}

// What routing and forwarding rely on.
void require_sound(const ReadRequest& request) {
    if (request.target == "*") return;
    const auto parts = check_origin_form(request.target);
    require(parts && parts->path == request.path && parts->query == request.query, "the parts");
    std::string joined;
    for (const std::string_view segment : split_path(request.path)) {
        joined.append("/").append(segment);
        const std::string plain = percent_decode(segment);
        require(plain != "." && plain != "..", "no dot segment");
        require(
            plain.find_first_of(std::string_view{"\0\r\n/\\", 5}) == std::string::npos,
            "no separator"
        );
    }
    require(joined == request.path, "the segments are the path");
    require(request.authority.empty() || is_valid_authority(request.authority), "the authority");
}

// A refusal of the bytes that `theirs` was read from.
void require_reason(
    const Conversation& ours, const grammar::Request& theirs, std::string_view bytes
) {
    require(!ours.why.empty(), "a refusal says why");
    if (theirs.verdict == grammar::Verdict::refused) return;
    const auto clause = stricter_rule(*ours.refused, theirs, bytes, body_limit);
    require(!clause.empty(), "refused without a clause: " + ours.why);
}

}  // namespace

void run(std::string_view bytes) {
    const Conversation ours =
        read_in_every_way(bytes, [](const Pieces& pieces) { return converse(pieces, body_limit); });
    for (const ReadRequest& request : ours.requests) {
        const grammar::Request theirs = grammar::read_request(bytes);
        require(theirs.verdict == grammar::Verdict::accepted, "accepted, but malformed");
        require_same(request, theirs);
        require_sound(request);
        bytes.remove_prefix(theirs.end);
    }
    if (ours.closed && !ours.refused) return;
    const grammar::Request theirs = grammar::read_request(bytes);
    if (ours.refused) return require_reason(ours, theirs, bytes);
    const bool nothing_begun = std::string_view{"\r\n"}.starts_with(bytes);
    require(ours.started == !nothing_begun, "nothing is left over but an empty line");
    require(theirs.verdict == grammar::Verdict::incomplete, "waits for more of what is decided");
}

}  // namespace weft::fuzz
