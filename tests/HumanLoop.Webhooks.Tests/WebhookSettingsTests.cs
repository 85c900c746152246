using HumanLoop.Notifying;
using HumanLoop.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HumanLoop.Webhooks.Tests;

public class WebhookSettingsTests
{
    [Theory]
    [InlineData("Url", null, "Url is missing")]
    [InlineData("Url", "hooks.example.com", "Url must be an absolute https address")]
    [InlineData("Url", "ftp://hooks.example.com", "Url must be an absolute https address")]
    [InlineData("Url", "https://me:pa55word@hooks.example.com", "without user name, password and fragment")]
    [InlineData("Url", "http://hooks.example.com/x", "it must begin with https://")]
    [InlineData("Url", "https://127.0.0.1/x", "Url leads to 127.0.0.1, which is not on the public internet; set AllowPrivateAddresses")]
    [InlineData("Url", "https://[::1]/x", "which is not on the public internet")]
    [InlineData("Url", "https://localhost/x", "which is not on the public internet")]
    [InlineData("Url", "https://169.254.169.254/latest", "which is not on the public internet")]
    [InlineData("Secrets:0", "pa55word", "Secrets:0 must be whsec_")]
    [InlineData("Secrets:0", null, "Secrets:0 must be whsec_")]
    [InlineData("Secrets", null, "Secrets has 0 entries; it must have 1 to 5")]
    [InlineData("Workflows:0", null, "Workflows is missing; it must be one of")]
    [InlineData("Quiet:TimeZone", null, "Quiet:TimeZone is missing; it must be a time zone")]
    [InlineData("Events:0", "review.asked", "Events is 'review.asked'; it must be one of review.overdue")]
    [InlineData("Workflows:0", "refnd", "Workflows is 'refnd'; it must be one of the application's workflows: refund")]
    [InlineData("Digest", "00:00:00", "Digest is 00:00:00; it must be a duration from 00:00:00.1000000 to 1.00:00:00")]
    [InlineData("Digest", "5", "Digest is '5'; it must be a duration")]
    [InlineData("Timeout", "00:01:00", "Timeout is 00:01:00; it must be a duration from 00:00:01 to 00:00:30")]
    [InlineData("Quiet:From", "22:00", "Quiet must have both From and To")]
    [InlineData("Quiet:From", "late", "Quiet:From is 'late'; it must be a time of day such as 22:00")]
    [InlineData("Quiet:TimeZone", "Europe/Nowhere", "Quiet:TimeZone is 'Europe/Nowhere'; it must be a time zone")]
    [InlineData("Link", "inbox", "Link is 'inbox'; it must be an absolute http or https address")]
    [InlineData("IncludePayloads", "true", "IncludePayloads is no setting of this version; did you mean IncludePayload?")]
    public async Task A_setting_that_cannot_be_is_told_with_its_key_and_the_mend_when_the_host_starts(string key, string? value, string expected)
    {
        await using var loop = Loop((key, value));
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(loop.StartAsync);

        Assert.Contains(refused.Failures, failure => failure.StartsWith("Webhook 'ops': ", StringComparison.Ordinal) && failure.Contains(expected, StringComparison.Ordinal));
        Assert.DoesNotContain("pa55word", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_have_the_last_word_over_code_and_code_over_defaults()
    {
        await using var loop = Loop(("Events:0", "dead_letter"), ("Quiet:From", "22:00"), ("Quiet:To", "07:00:30"));
        var options = loop.Services.GetRequiredService<WebhookCourier>().Settings.Current;

        Assert.Equal(["dead_letter"], options.Events);
        Assert.Equal((new TimeOnly(22, 0), new TimeOnly(7, 0, 30), "UTC"), (options.Quiet.From, options.Quiet.To, options.Quiet.TimeZone));
        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.FromSeconds(20), "https://hooks.example.com/x"), (options.Digest, options.Timeout, options.Url));
    }

    [Fact]
    public async Task A_bad_reload_keeps_the_last_good_settings_and_is_told_once()
    {
        await using var loop = Loop();
        var settings = loop.Services.GetRequiredService<WebhookCourier>().Settings;
        loop.Configuration[TestLoop.PathOf("/Webhooks:ops:Digest")] = "soon";
        loop.Configuration.Reload();
        loop.Configuration.Reload();

        Assert.Equal(TimeSpan.FromHours(1), settings.Current.Digest);
        Assert.Single(loop.Log.Ids, id => id == 86);
        Assert.Contains("Digest is 'soon'", (await loop.Services.GetRequiredService<INotificationChannel>().GetStatusAsync()).SettingsProblem, StringComparison.Ordinal);

        loop.Configuration[TestLoop.PathOf("/Webhooks:ops:Digest")] = "00:05:00";
        loop.Configuration.Reload();
        Assert.Equal((TimeSpan.FromMinutes(5), null), (settings.Current.Digest, settings.ReloadProblem));
    }

    [Fact]
    public async Task Every_webhook_has_a_name_of_its_own()
    {
        await using var loop = new TestLoop(loop: builder =>
        {
            Assert.Contains("a webhook's name is", Assert.Throws<ArgumentException>(() => builder.AddWebhook("no spaces")).Message, StringComparison.Ordinal);
            builder.AddWebhook("ops");
            Assert.Contains("was added before", Assert.Throws<ArgumentException>(() => builder.AddWebhook("OPS")).Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Without_webhooks_there_is_nothing_to_show()
    {
        await using var loop = new TestLoop();
        Assert.Empty(loop.Services.GetServices<INotificationChannel>());
    }

    private static TestLoop Loop(params (string Key, string? Value)[] settings)
    {
        var all = TestLoop.Settings(("/Webhooks:ops:Url", "https://hooks.example.com/x"), ("/Webhooks:ops:Secrets:0", Receiver.Secret));
        foreach (var (key, value) in settings)
        {
            all[$"/Webhooks:ops:{key}"] = value;
        }

        if (settings is [("Secrets", null)])
        {
            all.Remove("/Webhooks:ops:Secrets:0");
        }

        return new(settings: all, loop: builder => builder.AddWebhook("ops", options =>
        {
            options.Digest = TimeSpan.FromHours(1);
            options.Events.Add("target.reached");
        }));
    }
}
