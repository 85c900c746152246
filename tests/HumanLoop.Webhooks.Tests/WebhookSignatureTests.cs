using System.Text;
using FsCheck.Xunit;

namespace HumanLoop.Webhooks.Tests;

public class WebhookSignatureTests
{
    private const string Other = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_614_265_330);
    private static readonly byte[] Body = """{"test": 2432232314}"""u8.ToArray();

    /// <summary>
    /// The first is the example that libraries for Standard Webhooks test by; both were computed apart from this code:
    /// printf '%s' "$id.$timestamp.$body" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$(printf $base64 | base64 -d | xxd -p -c 99) -binary | base64
    /// </summary>
    [Theory]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, """{"test": 2432232314}""", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=", "msg_2", 1_767_600_000, """{"text":"ü"}""", "v1,4eKt/8uqPfN6FL02/PqnpqHyinqCuUxe13pqKUn4ZLk=")]
    public void A_message_is_signed_as_others_sign_it(string secret, string id, long timestamp, string body, string signature)
    {
        var (bytes, at) = (Encoding.UTF8.GetBytes(body), DateTimeOffset.FromUnixTimeSeconds(timestamp));
        Assert.Equal(signature, WebhookSignature.Sign(id, at, bytes, [secret]));
        Assert.Equal(WebhookVerification.Valid, WebhookSignature.Verify(id, $"{timestamp}", signature, bytes, [secret], at));
    }

    [Property]
    public bool What_is_signed_verifies_and_nothing_else_does(byte[] body, byte change)
    {
        var signature = WebhookSignature.Sign("msg_1", At, body, [Receiver.Secret]);
        byte[] changed = [.. body, change];
        return Verify(body) == WebhookVerification.Valid && Verify(changed) == WebhookVerification.WrongSignature;

        WebhookVerification Verify(byte[] bytes) => WebhookSignature.Verify("msg_1", "1614265330", signature, bytes, [Receiver.Secret], At);
    }

    [Fact]
    public void While_a_secret_is_changed_those_who_know_either_verify()
    {
        var signature = WebhookSignature.Sign("msg_1", At, Body, [Receiver.Secret, Other]);

        Assert.Equal(2, signature.Split(' ').Length);
        foreach (var secrets in new string[][] { [Receiver.Secret], [Other], [Other, Receiver.Secret] })
        {
            Assert.Equal(WebhookVerification.Valid, WebhookSignature.Verify("msg_1", "1614265330", signature, Body, secrets, At));
        }

        var old = WebhookSignature.Sign("msg_1", At, Body, [Other]);
        Assert.Equal(WebhookVerification.Valid, WebhookSignature.Verify("msg_1", "1614265330", old, Body, [Receiver.Secret, Other], At));
        Assert.Equal(WebhookVerification.WrongSignature, WebhookSignature.Verify("msg_1", "1614265330", old, Body, [Receiver.Secret], At));
    }

    [Theory]
    [InlineData(null, "1614265330", "*", WebhookVerification.NotSigned)]
    [InlineData("msg_1", null, "*", WebhookVerification.NotSigned)]
    [InlineData("msg_1", "1614265330", null, WebhookVerification.NotSigned)]
    [InlineData("msg_1", "1614265330", "", WebhookVerification.NotSigned)]
    [InlineData("msg_1", "noon", "*", WebhookVerification.Malformed)]
    [InlineData("msg_1", "-1614265330", "*", WebhookVerification.Malformed)]
    [InlineData("msg_1", "99999999999999999999", "*", WebhookVerification.Malformed)]
    [InlineData("msg_2", "1614265330", "*", WebhookVerification.WrongSignature)]
    [InlineData("msg_1", "1614265331", "*", WebhookVerification.WrongSignature)]
    [InlineData("msg_1", "9223372036854775807", "*", WebhookVerification.WrongSignature)]
    [InlineData("msg_1", "1614265330", "v1,", WebhookVerification.WrongSignature)]
    [InlineData("msg_1", "1614265330", "v1,not base64 at all", WebhookVerification.WrongSignature)]
    [InlineData("msg_1", "1614265330", "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", WebhookVerification.WrongSignature)]
    [InlineData("msg_1", "1614265330", "v1,YQ== * v1,YQ==", WebhookVerification.Valid)]
    public void Whatever_comes_in_is_told_apart_and_throws_nothing(string? id, string? timestamp, string? signature, WebhookVerification expected)
    {
        var good = WebhookSignature.Sign("msg_1", At, Body, [Receiver.Secret]);
        Assert.Equal(expected, WebhookSignature.Verify(id, timestamp, signature?.Replace("*", good, StringComparison.Ordinal), Body, [Receiver.Secret], At));
    }

    [Fact]
    public void A_header_or_an_id_of_any_length_costs_little()
    {
        Assert.Equal(WebhookVerification.Malformed, WebhookSignature.Verify("msg_1", "1614265330", new('v', 1_000_000), Body, [Receiver.Secret], At));
        Assert.Equal(WebhookVerification.Malformed, WebhookSignature.Verify(new('m', 1_000_000), "1614265330", "v1,YQ==", Body, [Receiver.Secret], At));
    }

    [Theory]
    [InlineData(-301, WebhookVerification.OutOfTime)]
    [InlineData(-300, WebhookVerification.Valid)]
    [InlineData(300, WebhookVerification.Valid)]
    [InlineData(301, WebhookVerification.OutOfTime)]
    public void A_message_is_fresh_for_five_minutes_either_way(int seconds, WebhookVerification expected)
    {
        var signature = WebhookSignature.Sign("msg_1", At, Body, [Receiver.Secret]);
        Assert.Equal(expected, WebhookSignature.Verify("msg_1", "1614265330", signature, Body, [Receiver.Secret], At.AddSeconds(seconds)));
        Assert.Equal(WebhookVerification.Valid, WebhookSignature.Verify("msg_1", "1614265330", signature, Body, [Receiver.Secret], At.AddSeconds(seconds), TimeSpan.FromHours(1)));
    }

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_***")]
    [InlineData("whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4/QEE=")]
    public void A_secret_that_is_none_is_a_mistake_of_who_uses_it(string secret)
    {
        Assert.Throws<ArgumentException>(() => WebhookSignature.Verify("msg_1", "1614265330", "v1,YQ==", Body, [secret], At));
        Assert.Throws<ArgumentException>(() => WebhookSignature.Sign("msg_1", At, Body, [secret]));
        Assert.Throws<ArgumentException>(() => WebhookSignature.Sign("msg_1", At, Body, []));
    }

    [Fact]
    public void A_new_secret_is_a_good_one_and_never_the_same()
    {
        var (one, two) = (WebhookSignature.NewSecret(), WebhookSignature.NewSecret());
        Assert.NotEqual(one, two);
        Assert.NotEqual(WebhookSignature.Sign("msg_1", At, Body, [one]), WebhookSignature.Sign("msg_1", At, Body, [two]));
    }
}
