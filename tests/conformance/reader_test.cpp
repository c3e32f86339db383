// Each raw case against RequestReader without a socket. A case that waits for a timer (the JSON's
// `waits`) is judged by the reader still asking for bytes in the middle of a message.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/cases.hpp"
#include "http/problem.hpp"
#include "http/request_reader.hpp"
#include "http/target.hpp"

namespace weft::conformance {
namespace {

constexpr std::uint64_t body_limit = 1024 * 1024;
constexpr std::uint64_t small_body_limit = 1024;
constexpr std::size_t most_offsets = 400;

// What a client would see of a session that has the routes of the cases and always answers.
class Session {
  public:
    void receive(std::string_view bytes) {
        while (!bytes.empty() && !closed_) {
            const auto room = reader_.prepare();
            ASSERT_FALSE(room.empty());
            const std::size_t size = std::min(room.size(), bytes.size());
            std::copy_n(bytes.begin(), size, room.begin());
            reader_.commit(size);
            bytes.remove_prefix(size);
            while (!closed_ && serve()) {
            }
        }
    }

    const std::vector<int>& answers() const { return answers_; }
    bool closed() const { return closed_; }
    int forwarded() const { return forwarded_; }
    bool waits() const { return !closed_ && (in_body_ || reader_.started()); }

    friend bool operator==(const Session& a, const Session& b) {
        return a.answers_ == b.answers_ && a.closed_ == b.closed_ && a.forwarded_ == b.forwarded_ &&
               a.waits() == b.waits();
    }

  private:
    // Whether a request was answered and there may be another one.
    bool serve() {
        const auto head = reader_.read_head();
        if (!head) return refuse(head.error());
        if (*head == nullptr) return false;
        if (!in_body_ && !begin(**head)) return false;
        for (;;) {
            const auto part = reader_.read_body();
            if (!part) return refuse(part.error());
            if (part->state() == BodyPart::State::need_more) return false;
            if (part->state() == BodyPart::State::end) return end(**head);
        }
    }

    bool begin(const RequestHead& head) {
        in_body_ = true;
        status_ = route(head);
        if (status_ == 200) {
            const auto limit = head.path == "/small" ? small_body_limit : body_limit;
            const auto allowed = reader_.set_body_limit(limit);
            return allowed ? true : refuse(allowed.error());
        }
        answers_.push_back(status_);
        closed_ = head.expect_continue;
        return !closed_;
    }

    bool end(const RequestHead& head) {
        in_body_ = false;
        if (status_ == 200) {
            ++forwarded_;
            answers_.push_back(status_);
        }
        closed_ = !head.keep_alive;
        reader_.next_message();
        return true;
    }

    bool refuse(const Failure& failure) {
        // Of a body that nobody reads no more is said.
        if (!in_body_ || status_ == 200) answers_.push_back(problem_status(failure));
        closed_ = true;
        return false;
    }

    static int route(const RequestHead& head) {
        const Method method = head.method;
        const bool small = head.path == "/small";
        const bool echo = head.path == "/echo" || small;
        const bool get = percent_decode(head.path) == "/get";
        if (method == Method::options) return head.path == "*" || get || echo ? 204 : 404;
        if (!get && !echo) return 404;
        if (method == Method::get || method == Method::head) return small ? 405 : 200;
        return echo && (method == Method::post || method == Method::put) ? 200 : 405;
    }

    RequestReader reader_;
    std::vector<int> answers_;
    bool closed_ = false;
    bool in_body_ = false;
    int status_ = 0;  // of the request in work, as its route alone decides
    int forwarded_ = 0;
};

class ReaderCase : public testing::TestWithParam<Case> {};

TEST_P(ReaderCase, GivesAnAllowedOutcome) {
    const Case& one = GetParam();
    Session session;
    session.receive(one.bytes);
    if (one.waits) {
        EXPECT_TRUE(session.waits());
        EXPECT_TRUE(session.answers().empty());
        return;
    }
    EXPECT_NE(
        std::find(one.answers.begin(), one.answers.end(), session.answers()), one.answers.end()
    ) << testing::PrintToString(session.answers());
    if (one.closes) {
        EXPECT_EQ(session.closed(), *one.closes);
    }
    if (one.upstream) {
        EXPECT_EQ(session.forwarded(), *one.upstream);
    }
}

TEST_P(ReaderCase, GivesTheSameOutcomeHoweverTheBytesArrive) {
    const std::string_view bytes = GetParam().bytes;
    Session whole;
    whole.receive(bytes);
    Session drip;
    for (std::size_t i = 0; i < bytes.size(); ++i) drip.receive(bytes.substr(i, 1));
    EXPECT_TRUE(drip == whole) << "byte by byte";
    for (std::size_t offset = 1; offset < std::min(bytes.size(), most_offsets); ++offset) {
        Session split;
        split.receive(bytes.substr(0, offset));
        split.receive(bytes.substr(offset));
        EXPECT_TRUE(split == whole) << "split at " << offset;
    }
}

std::string test_name(const testing::TestParamInfo<Case>& each) {
    std::string name = each.param.id;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Raw, ReaderCase, testing::ValuesIn(load_cases()), test_name);

}  // namespace
}  // namespace weft::conformance
