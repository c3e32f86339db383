#include "app/forwarding.hpp"

#include <gmock/gmock.h>

#include <chrono>

namespace weft {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

class Forwarding : public testing::Test {
  protected:
    Forwarding() {
        head_.authority = "shop.test";
        request_.head = &head_;
        request_.peer_address = "192.0.2.7";
        request_.request_id = "r-1";
    }

    std::string lines(Duration left = 1s) const {
        CallFieldLines calls{request_};
        return lines(calls, call_, left);
    }
    std::string lines(CallFieldLines& calls, const StepCall& call, Duration left) const {
        return std::string{calls.of({upstream_, step_, call, left}).view()};
    }

    RequestHead head_;
    Request request_;
    UpstreamPlan upstream_;
    Step step_;
    StepCall call_;
};

TEST_F(Forwarding, ACallSaysWhoAsksAndHowLongItMayTake) {
    const auto lines = this->lines(250ms);
    for (const auto* line :
         {"Accept: application/json\r\n",
          "Accept-Encoding: identity\r\n",
          "X-Request-Id: r-1\r\n",
          "X-Forwarded-For: 192.0.2.7\r\n",
          "X-Forwarded-Proto: http\r\n",
          "X-Forwarded-Host: shop.test\r\n",
          "X-Request-Timeout-Ms: 250\r\n"}) {
        EXPECT_THAT(lines, HasSubstr(line));
    }
}

TEST_F(Forwarding, ACallThatClientsShareSaysOfNoneWhereItIs) {
    upstream_.coalesce = true;
    EXPECT_THAT(lines(), Not(HasSubstr("192.0.2.7")));
    EXPECT_THAT(lines(), HasSubstr("X-Request-Id: r-1\r\n"));
}

TEST_F(Forwarding, ACallThatIsLateHasNoTimeRatherThanLessThanNone) {
    EXPECT_THAT(lines(-3ms), HasSubstr("X-Request-Timeout-Ms: 0\r\n"));
}

TEST_F(Forwarding, OneCallsOwnFieldsAreNotTheNextOnes) {
    CallFieldLines calls{request_};
    const auto plain = lines(calls, call_, 250ms);
    StepCall own = call_;
    own.headers = {{"X-Tenant", "t"}};
    EXPECT_THAT(lines(calls, own, 250ms), HasSubstr("X-Tenant: t\r\n"));
    EXPECT_EQ(lines(calls, call_, 250ms), plain);
    EXPECT_THAT(lines(calls, call_, 90ms), EndsWith("X-Request-Timeout-Ms: 90\r\n"));
    EXPECT_EQ(lines(calls, call_, 250ms), plain);
}

TEST_F(Forwarding, EveryUpstreamSeesTraceAndLanguageButNoCredentials) {
    head_.fields = {
        {"Traceparent", "00-a-b-01"},
        {"Accept-Language", "de"},
        {"Authorization", "Bearer x"},
        {"Cookie", "s=1"}};
    const auto lines = this->lines();
    EXPECT_THAT(lines, HasSubstr("traceparent: 00-a-b-01\r\n"));
    EXPECT_THAT(lines, HasSubstr("Accept-Language: de\r\n"));
    EXPECT_THAT(lines, Not(HasSubstr("Bearer")));
    EXPECT_THAT(lines, Not(HasSubstr("s=1")));
}

TEST_F(Forwarding, AnUpstreamSeesWhatForwardOpens) {
    head_.fields = {{"Authorization", "Bearer x"}, {"Cookie", "s=1"}};
    upstream_.forward = {"authorization"};
    const auto lines = this->lines();
    EXPECT_THAT(lines, HasSubstr("authorization: Bearer x\r\n"));
    EXPECT_THAT(lines, Not(HasSubstr("s=1")));
}

TEST_F(Forwarding, AStepOpensWhatItsUpstreamDoesNotAndNothingTwice) {
    head_.fields = {{"Authorization", "Bearer x"}, {"X-Tenant", "t"}, {"X-Tenant", "u"}};
    upstream_.forward = {"x-tenant"};
    step_.forward = {"x-tenant", "authorization"};
    EXPECT_THAT(lines(), HasSubstr("x-tenant: t\r\nx-tenant: u\r\nauthorization: Bearer x\r\n"));
    EXPECT_THAT(lines().find("x-tenant: t"), lines().rfind("x-tenant: t"));
}

TEST_F(Forwarding, WhatForwardOpensTakesThePlaceOfOurs) {
    head_.fields = {{"Accept", "application/hal+json"}};
    step_.forward = {"accept", "user-agent"};
    EXPECT_THAT(lines(), HasSubstr("accept: application/hal+json\r\n"));
    EXPECT_THAT(lines(), Not(HasSubstr("application/json")));
    EXPECT_THAT(lines(), HasSubstr("User-Agent: weft/"));
    head_.fields.emplace_back("Connection", "accept");
    EXPECT_THAT(lines(), HasSubstr("Accept: application/json\r\n"));
}

TEST_F(Forwarding, ABodyIsJsonUnlessTheStepSaysOtherwise) {
    EXPECT_THAT(lines(), Not(HasSubstr("Content-Type")));
    call_.body = "{}";
    EXPECT_THAT(lines(), HasSubstr("Content-Type: application/json\r\n"));
    call_.headers = {{"content-type", "application/merge-patch+json"}};
    EXPECT_THAT(lines(), HasSubstr("content-type: application/merge-patch+json\r\n"));
    EXPECT_THAT(lines(), Not(HasSubstr("Content-Type: application/json")));
}

TEST_F(Forwarding, WhatConnectionNamesEndsHereThoughForwardOpensIt) {
    head_.fields = {{"Connection", "authorization"}, {"Authorization", "Bearer x"}};
    upstream_.forward = {"authorization"};
    EXPECT_THAT(lines(), Not(HasSubstr("Bearer")));
}

TEST_F(Forwarding, ForwardCannotOpenWhatWeSay) {
    head_.fields = {{"X-Forwarded-For", "10.0.0.1"}, {"Host", "evil.test"}};
    upstream_.forward = {"x-forwarded-for", "host"};
    const auto lines = this->lines();
    EXPECT_THAT(lines, Not(HasSubstr("10.0.0.1")));
    EXPECT_THAT(lines, Not(HasSubstr("evil")));
}

TEST_F(Forwarding, AStepsOwnFieldReplacesOursOfTheSameName) {
    call_.headers = {{"accept", "text/plain"}};
    const auto lines = this->lines();
    EXPECT_THAT(lines, HasSubstr("accept: text/plain\r\n"));
    EXPECT_THAT(lines, Not(HasSubstr("application/json")));
}

TEST_F(Forwarding, AnUpstreamsFixedFieldsReplaceOursAndTheClients) {
    head_.fields = {{"Authorization", "Bearer of the client"}, {"Accept-Language", "de"}};
    upstream_.forward = {"authorization"};
    upstream_.headers = {{"authorization", "Bearer ours"}, {"User-Agent", "us"}, {"X-Key", "k"}};
    for (const auto& lines : {this->lines(), proxied_field_lines(request_, upstream_, 1s)}) {
        EXPECT_THAT(lines, HasSubstr("authorization: Bearer ours\r\n"));
        EXPECT_THAT(lines, HasSubstr("User-Agent: us\r\n"));
        EXPECT_THAT(lines, HasSubstr("X-Key: k\r\n"));
        EXPECT_THAT(lines, HasSubstr("Accept-Language: de\r\n"));
        EXPECT_THAT(lines, Not(HasSubstr("client")));
        EXPECT_THAT(lines, Not(HasSubstr("weft/")));
    }
}

TEST_F(Forwarding, AStepsFieldReplacesTheUpstreams) {
    upstream_.headers = {{"X-Key", "upstream"}, {"X-Other", "upstream"}};
    call_.headers = {{"x-key", "step"}};
    const auto lines = this->lines();
    EXPECT_THAT(lines, HasSubstr("x-key: step\r\n"));
    EXPECT_THAT(lines, Not(HasSubstr("X-Key")));
    EXPECT_THAT(lines, HasSubstr("X-Other: upstream\r\n"));
}

TEST_F(Forwarding, AProxiedRequestKeepsItsFieldsButNotItsClaims) {
    head_.fields = {
        {"Host", "shop.test"},
        {"Cookie", "s=1"},
        {"X-Forwarded-For", "10.0.0.1"},
        {"Forwarded", "for=10.0.0.1"},
        {"Connection", "X-Hop"},
        {"X-Hop", "hop"},
        {"Content-Length", "3"},
        {"Upgrade", "h2c"}};
    const auto lines = proxied_field_lines(request_, upstream_, 1s);
    EXPECT_THAT(lines, HasSubstr("Cookie: s=1\r\n"));
    EXPECT_THAT(lines, HasSubstr("X-Forwarded-For: 192.0.2.7\r\n"));
    for (const auto* gone : {"10.0.0.1", "hop\r\n", "Content-Length", "Upgrade", "\r\nHost:"}) {
        EXPECT_THAT(lines, Not(HasSubstr(gone)));
    }
}

TEST_F(Forwarding, AProxiedRequestSaysThatItCameThroughHere) {
    EXPECT_THAT(proxied_field_lines(request_, upstream_, 1s), HasSubstr("Via: 1.1 weft\r\n"));
    head_.fields = {{"via", "1.0 fred"}, {"Via", "1.1 p.example.net"}};
    EXPECT_THAT(
        proxied_field_lines(request_, upstream_, 1s),
        HasSubstr("via: 1.0 fred\r\nVia: 1.1 p.example.net\r\nVia: 1.1 weft\r\n")
    );
    head_.minor_version = 0;
    EXPECT_THAT(proxied_field_lines(request_, upstream_, 1s), HasSubstr("Via: 1.0 weft\r\n"));
}

// It is made here, for whoever asks, not forwarded.
TEST_F(Forwarding, ACallOfACompositionCameThroughNobody) {
    head_.fields = {{"Via", "1.0 fred"}};
    EXPECT_THAT(lines(), Not(HasSubstr("Via")));
}

TEST_F(Forwarding, AProxiedAnswerKeepsItsFieldsButNotThoseOfTheHop) {
    ResponseHead head;
    head.fields = {
        {"ETag", "\"1\""},
        {"Keep-Alive", "timeout=5"},
        {"Content-Length", "3"},
        {"Set-Cookie", "a=b"}};
    EXPECT_EQ(proxied_answer_lines(head), "ETag: \"1\"\r\nSet-Cookie: a=b\r\n");
}

TEST(IdempotencyKey, IsFoundInAnyCase) {
    EXPECT_TRUE(has_idempotency_key({{"idempotency-key", "k"}}));
    EXPECT_FALSE(has_idempotency_key({{"Idempotency", "k"}}));
}

// What a client claims, with a field of the family that the gateway does not send itself.
const Fields claims{
    {"X-Forwarded-For", "203.0.113.9"},
    {"x-forwarded-for", "198.51.100.1"},
    {"X-Forwarded-Proto", "https"},
    {"X-Forwarded-Host", "front.test"},
    {"X-Forwarded-Port", "443"},
    {"Forwarded", "for=203.0.113.9"}};

TEST_F(Forwarding, WhatAClientClaimsOfItsOriginIsReplaced) {
    head_.fields = claims;
    upstream_.forward = {"forwarded", "x-forwarded-port", "x-forwarded-host"};
    for (const auto& lines : {this->lines(), proxied_field_lines(request_, upstream_, 1s)}) {
        EXPECT_THAT(lines, HasSubstr("X-Forwarded-For: 192.0.2.7\r\n"));
        EXPECT_THAT(lines, HasSubstr("X-Forwarded-Proto: http\r\n"));
        EXPECT_THAT(lines, HasSubstr("X-Forwarded-Host: shop.test\r\n"));
        for (const auto* claimed : {"203.0.113.9", "https", "front.test", "443", "\r\nForwarded:"})
            EXPECT_THAT(lines, Not(HasSubstr(claimed)));
    }
}

TEST_F(Forwarding, WhatATrustedProxySaysOfItsClientIsKept) {
    head_.fields = claims;
    request_.peer_is_trusted = true;
    const auto proxied = proxied_field_lines(request_, upstream_, 1s);
    for (const auto& lines : {this->lines(), proxied}) {
        EXPECT_THAT(lines, HasSubstr("X-Forwarded-For: 203.0.113.9, 198.51.100.1, 192.0.2.7\r\n"));
        EXPECT_THAT(lines, HasSubstr("X-Forwarded-Proto: https\r\n"));
        EXPECT_THAT(lines, HasSubstr("X-Forwarded-Host: front.test\r\n"));
        EXPECT_THAT(lines, HasSubstr("Forwarded: for=203.0.113.9\r\n"));
    }
    EXPECT_THAT(proxied, HasSubstr("X-Forwarded-Port: 443\r\n"));
}

TEST_F(Forwarding, ATrustedProxyThatSaysNothingIsTheClient) {
    request_.peer_is_trusted = true;
    EXPECT_THAT(lines(), HasSubstr("X-Forwarded-For: 192.0.2.7\r\n"));
    EXPECT_THAT(lines(), HasSubstr("X-Forwarded-Host: shop.test\r\n"));
}

}  // namespace
}  // namespace weft
