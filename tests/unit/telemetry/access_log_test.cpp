#include "telemetry/access_log.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "async/clock.hpp"
#include "telemetry/access_line.hpp"
#include "telemetry/json_line.hpp"

namespace weft {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr std::string_view time_text = "2026-01-02T03:04:05.006Z";

RequestRecord full_record() {
    CallRecord call;
    call.step = "order";
    call.upstream = "orders";
    call.end = CallEnd::refused;
    call.status = 503;
    call.failure = FailureKind::upstream_status;
    call.reused_connection = true;
    call.attempts = 2;
    call.duration = std::chrono::microseconds{1'234};
    call.bytes_received = 17;

    RequestRecord record;
    record.request_id = "id-1";
    record.client = "127.0.0.1";
    record.method = "GET";
    record.path = "/order-details/o-1";
    record.route = "order-details";
    record.status = 502;
    record.failure = FailureKind::upstream_status;
    record.complete = false;
    record.duration = std::chrono::microseconds{12'034};
    record.bytes_sent = 300;
    record.calls.push_back(call);
    return record;
}

std::string line_of(const RequestRecord& record) {
    std::string line;
    append_access_line(line, time_text, record);
    return line;
}

TEST(AccessLine, SaysEverythingAboutARequestAndItsCalls) {
    EXPECT_EQ(
        line_of(full_record()),
        R"({"time":"2026-01-02T03:04:05.006Z","request_id":"id-1","client":"127.0.0.1",)"
        R"("method":"GET","path":"/order-details/o-1","route":"order-details","status":502,)"
        R"("duration_ms":12.034,"bytes":300,"code":"upstream_status","complete":false,)"
        R"("calls":[{"step":"order","upstream":"orders","end":"refused","status":503,)"
        R"("code":"upstream_status","ms":1.234,"bytes":17,"attempts":2,"reused":true}]})"
        "\n"
    );
}

TEST(AccessLine, LeavesOutTheCodeOfASuccess) {
    EXPECT_FALSE(json::parse(line_of(RequestRecord{})).contains("code"));
}

TEST(AccessLine, CountsTheCallsItDoesNotShow) {
    RequestRecord record;
    record.calls.resize(max_logged_calls + 3);
    const auto line = json::parse(line_of(record));
    EXPECT_EQ(line["calls"].size(), max_logged_calls);
    EXPECT_EQ(line["calls_left_out"], 3);
}

TEST(AccessLine, StaysOneLineOfJsonWhateverTheClientSends) {
    std::string every_byte;
    for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
    RequestRecord record;
    record.path = every_byte;
    record.request_id = every_byte;
    const std::string line = line_of(record);
    EXPECT_TRUE(json::accept(line));
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    for (const char byte : line.substr(0, line.size() - 1)) {
        EXPECT_TRUE(static_cast<unsigned char>(byte) >= 0x20 && byte != 0x7f) << int{byte};
    }
}

std::string logged(std::string_view text) {
    std::string out;
    append_logged_text(out, text);
    return out;
}

TEST(LoggedText, EscapesWhatIsNotPlain) {
    const std::pair<std::string_view, std::string_view> rows[] = {
        {"", R"("")"},
        {"plain", R"("plain")"},
        {R"(a"b\c)", R"("a\"b\\c")"},
        {"a\r\n\t\x1b[31m", R"("a\u000d\u000a\u0009\u001b[31m")"},
        {"\x7f", R"("\u007f")"},
        {"caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80",
         "\"caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\""},
        {"\xc2\x9b", R"("\u00c2\u009b")"},            // a C1 control
        {"\xc0\xaf", R"("\u00c0\u00af")"},            // overlong
        {"\xed\xa0\x80", R"("\u00ed\u00a0\u0080")"},  // a surrogate
        {"\xf4\x90\x80\x80", R"("\u00f4\u0090\u0080\u0080")"},
        {"\xe2\x82", R"("\u00e2\u0082")"},  // broken off
        {"\xff", R"("\u00ff")"},
    };
    for (const auto& [text, expected] : rows) EXPECT_EQ(logged(text), expected);
}

TEST(LoggedText, CutsAt256BytesBetweenCharacters) {
    EXPECT_EQ(logged(std::string(256, 'x')), '"' + std::string(256, 'x') + '"');
    EXPECT_EQ(logged(std::string(257, 'x')), '"' + std::string(256, 'x') + "...\"");
    EXPECT_EQ(logged(std::string(255, 'x') + "\xc3\xa9"), '"' + std::string(255, 'x') + "...\"");
    EXPECT_EQ(
        logged(std::string(253, 'x') + "\xf0\x9f\x98\x80"), '"' + std::string(253, 'x') + "...\""
    );
    const auto no_text = logged(std::string(1000, '\x80'));
    EXPECT_EQ(no_text.size(), 256 * 6 + 5);
}

// A pipe whose reading end the test holds.
class Pipe {
  public:
    Pipe() { EXPECT_EQ(::pipe(ends_), 0); }
    ~Pipe() {
        ::close(ends_[0]);
        ::close(ends_[1]);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    int writing_end() const { return ends_[1]; }
    std::string read_line() {
        std::string line;
        for (char byte = 0; byte != '\n' && ::read(ends_[0], &byte, 1) == 1;) line += byte;
        return line;
    }
    // So that no writer has to wait for a reader any more.
    void take_everything() { ::fcntl(ends_[1], F_SETPIPE_SZ, 1 << 20); }
    bool is_empty() const {
        pollfd state{ends_[0], POLLIN, 0};
        return ::poll(&state, 1, 0) == 0;
    }

  private:
    int ends_[2]{};
};

class AccessLogTest : public testing::Test {
  protected:
    WallTime wall_ = WallTime{} + milliseconds{1'700'000'000'123};
    ManualClock clock_;
    Timers timers_{clock_};
    Pipe pipe_;
    LogWriter writer_{pipe_.writing_end(), 2};
    AccessLog log_{timers_, writer_, [this] { return wall_; }};
};

TEST_F(AccessLogTest, WritesAfter200Milliseconds) {
    log_.write(full_record());
    clock_.move(milliseconds{150});
    timers_.advance();
    EXPECT_TRUE(pipe_.is_empty());
    clock_.move(milliseconds{60});
    timers_.advance();
    EXPECT_EQ(json::parse(pipe_.read_line())["path"], "/order-details/o-1");
}

TEST_F(AccessLogTest, WritesAFullBlockAtOnce) {
    const auto length = line_of(full_record()).size();
    for (std::size_t i = 0; i <= AccessLog::block_size / length; ++i) log_.write(full_record());
    EXPECT_EQ(pipe_.read_line().size(), length);
    pipe_.take_everything();
}

TEST_F(AccessLogTest, GivesTheWallTimeWithMilliseconds) {
    const std::pair<milliseconds, std::string_view> rows[] = {
        {milliseconds{0}, "2023-11-14T22:13:20.123Z"},
        {milliseconds{876}, "2023-11-14T22:13:20.999Z"},
        {milliseconds{1}, "2023-11-14T22:13:21.000Z"},
        {std::chrono::hours{24 * 366}, "2024-11-14T22:13:21.000Z"},
    };
    for (const auto& [later, expected] : rows) {
        wall_ += later;
        log_.write(RequestRecord{});
        log_.flush();
        EXPECT_EQ(json::parse(pipe_.read_line())["time"], expected);
    }
}

TEST_F(AccessLogTest, DropsAndCountsWhatADescriptorThatTakesNothingCannotHold) {
    // More than the pipe and the queue of two blocks hold.
    const std::string large(AccessLog::block_size, 'x');
    for (int i = 0; i < 20; ++i) writer_.submit(LogBlock{large, 10});
    EXPECT_GE(writer_.dropped_lines(), 10u * 15);
    EXPECT_EQ(writer_.dropped_lines() % 10, 0u);
    pipe_.take_everything();
}

TEST(LogWriter, WritesEverythingBeforeItEnds) {
    constexpr std::size_t lines = LogWriter::default_queue;
    Pipe pipe;
    {
        LogWriter writer{pipe.writing_end()};
        for (std::size_t i = 0; i < lines; ++i)
            writer.submit(LogBlock{std::to_string(i) + '\n', 1});
    }
    for (std::size_t i = 0; i < lines; ++i) EXPECT_EQ(pipe.read_line(), std::to_string(i) + '\n');
    EXPECT_TRUE(pipe.is_empty());
}

// Which takes blocks whole, and more than a pipe holds.
TEST(LogWriter, WritesToAFile) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file{std::tmpfile(), std::fclose};
    ASSERT_TRUE(file);
    std::string expected;
    {
        LogWriter writer{::fileno(file.get())};
        for (const char byte : {'a', 'b', 'c'}) {
            const std::string block(AccessLog::block_size, byte);
            expected += block;
            writer.submit(LogBlock{block, 1});
        }
    }
    std::rewind(file.get());
    std::string written(expected.size() + 1, '\0');
    written.resize(std::fread(written.data(), 1, written.size(), file.get()));
    EXPECT_TRUE(written == expected) << written.size() << " bytes";
}

TEST(LogWriter, HandsBackMemoryToFillNext) {
    Pipe pipe;
    LogWriter writer{pipe.writing_end()};
    std::string block(5000, 'x');
    block += '\n';
    writer.submit(LogBlock{block, 1});
    pipe.read_line();
    // The writer puts the block back after the bytes have been written.
    std::size_t capacity = 0;
    for (int i = 0; i < 1000 && capacity < 5000; ++i) {
        std::string next = writer.submit(LogBlock{"y\n", 1});
        EXPECT_TRUE(next.empty());
        capacity = std::max(capacity, next.capacity());
        pipe.read_line();
    }
    EXPECT_GE(capacity, 5000u);
}

}  // namespace
}  // namespace weft
