// ResponseReader: the same for any split of the bytes and whenever the service ends the connection,
// and only what is well-formed. The first byte says what was asked for; the rest is what the
// service sends.
#include "fuzz/grammar/response.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fuzz/splits.hpp"
#include "fuzz/target.hpp"
#include "http/response_reader.hpp"

namespace weft::fuzz {

const Budget budget;

namespace {

constexpr std::uint64_t body_limit = 2000;

struct Asked {
    Method method = Method::get;
    ContentCodings codings = ContentCodings::any;
    bool ends = false;  // the service closes its side behind the last byte
};

Asked asked_for(char choice) {
    const auto bits = static_cast<unsigned char>(choice);
    return {
        (bits & 1U) != 0 ? Method::head : Method::get,
        (bits & 2U) != 0 ? ContentCodings::identity : ContentCodings::any,
        (bits & 4U) != 0};
}

struct Exchanged {
    std::optional<FailureKind> failure;
    int status = 0;
    std::vector<std::pair<std::string, std::string>> fields;
    Framing framing = Framing::none;
    std::string body;
    bool complete = false;
    bool reusable = false;

    bool operator==(const Exchanged&) const = default;
};

class Exchange {
  public:
    explicit Exchange(const Asked& asked) : asked_{asked} {
        reader_.begin(asked.method, asked.codings);
    }

    void receive(std::string_view bytes) {
        // Behind the end of an answer, what is left is not read.
        while (!bytes.empty() && !is_over()) {
            const auto room = reader_.prepare();
            require(!room.empty(), "there is room once everything was read");
            const std::size_t size = std::min(room.size(), bytes.size());
            std::copy_n(bytes.begin(), size, room.begin());
            reader_.commit(size);
            bytes.remove_prefix(size);
            read();
        }
        left_over_ = left_over_ || !bytes.empty();
    }

    Exchanged end() {
        if (asked_.ends && !is_over()) {
            if (auto ended = reader_.on_eof(); !ended) {
                fail(ended.error());
            } else {
                read();
                require(is_over(), "the end of the connection ends it");
            }
        }
        so_far_.reusable = reader_.reusable() && !left_over_;
        return std::move(so_far_);
    }

  private:
    bool is_over() const { return so_far_.failure || so_far_.complete; }

    void read() {
        const auto head = reader_.read_head();
        if (!head) return fail(head.error());
        if (*head == nullptr) return;
        if (so_far_.status == 0) {
            keep(**head);
            if (auto fits = reader_.set_body_limit(body_limit); !fits) return fail(fits.error());
        }
        for (;;) {
            const auto part = reader_.read_body();
            if (!part) return fail(part.error());
            so_far_.body.append(part->bytes());
            require(so_far_.body.size() <= body_limit, "a body within its limit");
            so_far_.complete = part->state() == BodyPart::State::end;
            if (part->state() != BodyPart::State::data) return;
        }
    }

    void keep(const ResponseHead& head) {
        so_far_.status = head.status;
        so_far_.framing = head.body.framing;
        for (const Field& field : head.fields) so_far_.fields.emplace_back(field.name, field.value);
    }

    // What was handed out before depends on how the bytes came.
    void fail(const Failure& failure) {
        so_far_ = Exchanged{};
        so_far_.failure = failure.kind();
        const auto again = reader_.read_head();
        require(!again && again.error().kind() == failure.kind(), "a failure is final");
    }

    Asked asked_;
    ResponseReader reader_;
    bool left_over_ = false;
    Exchanged so_far_;
};

void require_sound(const Exchanged& ours, const Asked& asked, std::string_view bytes) {
    const auto theirs = grammar::read_final_response(bytes, asked.method == Method::head);
    require(theirs.verdict != grammar::Verdict::refused, "accepted, but malformed");
    require(ours.status == theirs.status, "the status");
    require(ours.fields.size() == theirs.fields.size(), "the number of fields");
    for (std::size_t i = 0; i < ours.fields.size(); ++i) {
        require(ours.fields[i].first == theirs.fields[i].first, "a field's name");
        require(ours.fields[i].second == theirs.fields[i].second, "a field's value");
    }
    if (!ours.complete) return;
    const bool to_the_end = ours.framing == Framing::until_close;
    require(to_the_end == theirs.until_close, "whether the end of the connection ends it");
    require(ours.body == theirs.body, "the body");
    require(
        to_the_end || theirs.verdict == grammar::Verdict::accepted, "complete, but not all there"
    );
    const bool all_read = theirs.end == bytes.size();
    require(!ours.reusable || (theirs.persistent && all_read && !to_the_end), "reusable");
}

}  // namespace

void run(std::string_view bytes) {
    if (bytes.empty()) return;
    const Asked asked = asked_for(bytes.front());
    bytes.remove_prefix(1);
    const Exchanged ours = read_in_every_way(bytes, [&](const Pieces& pieces) {
        Exchange exchange{asked};
        for (const std::string_view piece : pieces) exchange.receive(piece);
        return exchange.end();
    });
    require(!asked.ends || ours.failure || ours.complete, "an end is an end");
    if (!ours.failure && ours.status != 0) require_sound(ours, asked, bytes);
}

}  // namespace weft::fuzz
