#include "unit/server/harness.hpp"

namespace weft {
namespace {

using std::chrono::milliseconds;

// A request that is in work until its client is gone.
class SessionGone : public ServerTest {
  protected:
    SessionGone() {
        handler_.reply = [this](Request& request) -> Awaitable<Answer> {
            request.on_client_gone = [this] {
                ++told_;
                release();
            };
            co_await wait_for_release();
            request.on_client_gone = nullptr;
            co_return text_answer("for nobody");
        };
        start();
    }

    Client& ask() {
        Client& client = connect();
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        run_until([this] { return events_.in_work == 1; });
        return client;
    }

    int told_ = 0;
};

TEST_F(SessionGone, TellsTheHandler) {
    Client& client = ask();
    advance(milliseconds{20});
    client.reset();
    run_until([this] { return server_->open_connections() == 0; });
    EXPECT_EQ(told_, 1);
    ASSERT_EQ(events_.records.size(), 1u);
    EXPECT_EQ(events_.records[0].status, 499);
    EXPECT_EQ(events_.records[0].failure, FailureKind::client_gone);
}

// What is under way for it may be done in a moment, and giving it up costs a connection.
TEST_F(SessionGone, TellsTheHandlerOnlyWhenTheRequestIsTenMillisecondsOld) {
    ask().reset();
    settle();
    EXPECT_EQ(told_, 0);
    advance(milliseconds{20});
    run_until([this] { return server_->open_connections() == 0; });
    EXPECT_EQ(told_, 1);
}

}  // namespace
}  // namespace weft
