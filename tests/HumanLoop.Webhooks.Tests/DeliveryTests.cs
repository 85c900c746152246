using System.Diagnostics.Metrics;
using System.Globalization;
using HumanLoop.Journaling;
using HumanLoop.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Webhooks.Tests;

/// <summary>What a webhook does with whatever its receiver answers.</summary>
public sealed class DeliveryTests : IDisposable
{
    private readonly Receiver _receiver = new();

    public void Dispose() => _receiver.Dispose();

    [Fact]
    public async Task A_receiver_that_fails_gets_the_same_message_again_after_a_restart_too()
    {
        await using var webhook = await new WebhookLoop(_receiver).StartedAsync();
        _receiver.Answer = Receiver.Status(500);
        await webhook.AlarmAsync();
        await webhook.RoundAsync();

        Assert.Equal(3, _receiver.Got.Count);
        var status = await webhook.StatusAsync();
        Assert.Equal((1, "500", null, 0), (status.Undelivered, status.LastFailure, status.DeliveredAt, status.GivenUp));
        Assert.Equal(80, Assert.Single(webhook.Loop.Log.Lines, line => line.Category.Contains("Webhooks", StringComparison.Ordinal)).Id.Id);
        await webhook.Courier.StopAsync();

        _receiver.Answer = Receiver.Status(204);
        await using var next = new WebhookLoop(_receiver, webhook.Loop);
        await next.RoundAsync();
        Assert.Equal(3, _receiver.Got.Count);
        await next.TellAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(4, _receiver.Got.Count);
        Assert.Single(_receiver.Got.Select(message => message.Id).Distinct());
        Assert.Single(_receiver.Got.Select(message => Convert.ToHexString(message.Body)).Distinct());
        Assert.True(_receiver.Got.Select(message => message.Timestamp).Distinct().Count() > 1);
        status = await next.StatusAsync();
        Assert.Equal((0, null, next.Loop.Clock.GetUtcNow()), (status.Undelivered, status.LastFailure, status.DeliveredAt));
        Assert.Contains(81, next.Loop.Log.Ids);
    }

    [Fact]
    public async Task A_receiver_that_is_restarted_gets_it_within_seconds()
    {
        await using var webhook = await new WebhookLoop(_receiver).StartedAsync();
        var answers = 0;
        _receiver.Answer = response => Receiver.Status(++answers < 3 ? 502 : 200)(response);
        await webhook.AlarmAsync();
        var before = webhook.Loop.Clock.GetUtcNow();
        await webhook.RoundAsync();

        Assert.Equal(3, _receiver.Got.Count);
        Assert.Equal((0, null), ((await webhook.StatusAsync()).Undelivered, (await webhook.StatusAsync()).FailingSince));
        Assert.InRange(webhook.Loop.Clock.GetUtcNow() - before, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var webhook = await new WebhookLoop(_receiver).StartedAsync();
        _receiver.Answer = Receiver.Status(307, "Location", $"http://127.0.0.1:{_receiver.Port}/elsewhere");
        await webhook.AlarmAsync();
        await webhook.RoundAsync();

        Assert.All(_receiver.Got, message => Assert.Equal("/hooks", message.Path));
        Assert.Equal("307", (await webhook.StatusAsync()).LastFailure);
    }

    [Theory]
    [InlineData(429, "3600")]
    [InlineData(503, "date")]
    public async Task A_receiver_that_says_when_it_wants_to_be_asked_again_is_asked_then(int status, string retryAfter)
    {
        await using var webhook = await new WebhookLoop(_receiver).StartedAsync();
        var at = webhook.Loop.Clock.GetUtcNow() + TimeSpan.FromHours(1);
        _receiver.Answer = Receiver.Status(status, "Retry-After", retryAfter == "date" ? at.ToString("r", CultureInfo.InvariantCulture) : retryAfter);
        await webhook.AlarmAsync();
        await webhook.RoundAsync();
        Assert.Single(_receiver.Got);
        _receiver.Answer = Receiver.Status(204);

        await webhook.AlarmAsync("1-2");
        await webhook.TellAsync(TimeSpan.FromMinutes(58));
        Assert.Single(_receiver.Got);
        await webhook.TellAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(3, _receiver.Got.Count);
        Assert.Equal(2, _receiver.Got.Select(message => message.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_short_pause_that_a_receiver_asks_for_is_kept_within_the_delivery()
    {
        await using var webhook = await new WebhookLoop(_receiver).StartedAsync();
        var answers = 0;
        _receiver.Answer = response => (++answers == 1 ? Receiver.Status(429, "Retry-After", "7") : Receiver.Status(204))(response);
        await webhook.AlarmAsync();
        await webhook.RoundAsync();

        Assert.Equal(2, _receiver.Got.Count);
        Assert.InRange(long.Parse(_receiver.Got[1].Timestamp!, CultureInfo.InvariantCulture) - long.Parse(_receiver.Got[0].Timestamp!, CultureInfo.InvariantCulture), 7, 12);
    }

    [Fact]
    public async Task A_receiver_that_is_gone_is_left_alone_until_the_owner_enables_it_and_then_told_what_it_missed()
    {
        await using var webhook = await new WebhookLoop(_receiver).StartedAsync();
        _receiver.Answer = Receiver.Status(410);
        await webhook.AlarmAsync("1-1");
        await webhook.RoundAsync();
        await webhook.AlarmAsync("1-2");
        await webhook.TellAsync(TimeSpan.FromDays(1));

        Assert.Single(_receiver.Got);
        Assert.NotNull((await webhook.StatusAsync()).DisabledAt);
        Assert.Contains(webhook.Loop.Log.Lines, line => line is { Id.Id: 84, Level: LogLevel.Error });
        var health = await webhook.HealthAsync();
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains("webhook 'ops' is disabled", health.Description, StringComparison.Ordinal);

        _receiver.Answer = Receiver.Status(200);
        await webhook.Channel.EnableAsync("owner");
        await webhook.TellAsync();

        Assert.Equal(["1-1", "1-1", "1-2"], _receiver.Got.Select(message => message.Data.GetProperty("change").GetString()).Order(StringComparer.Ordinal));
        Assert.Null((await webhook.StatusAsync()).DisabledAt);
    }

    [Fact]
    public async Task Another_address_is_another_receiver()
    {
        await using var webhook = await new WebhookLoop(_receiver).StartedAsync();
        _receiver.Answer = Receiver.Status(410);
        await webhook.AlarmAsync();
        await webhook.RoundAsync();
        _receiver.Answer = Receiver.Status(204);

        webhook.Loop.Configuration[TestLoop.PathOf("/Webhooks:ops:Url")] = _receiver.Url + "/new";
        webhook.Loop.Configuration.Reload();
        await webhook.TellAsync();

        Assert.Equal(["/hooks", "/hooks/new"], _receiver.Got.Select(message => message.Path));
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_is_given_up_on_after_the_timeout()
    {
        await using var webhook = await new WebhookLoop(_receiver, settings: ("/Webhooks:ops:Timeout", "00:00:05")).StartedAsync();
        _receiver.Answer = _receiver.SilentAsync;
        await webhook.AlarmAsync();
        var before = webhook.Loop.Clock.GetUtcNow();
        await webhook.RoundAsync();

        Assert.Equal("timeout", (await webhook.StatusAsync()).LastFailure);
        Assert.InRange(webhook.Loop.Clock.GetUtcNow() - before, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task An_answer_counts_when_it_begins_however_long_its_body_takes()
    {
        await using var webhook = await new WebhookLoop(_receiver).StartedAsync();
        _receiver.Answer = _receiver.EndlessAsync;
        await webhook.AlarmAsync();
        await webhook.RoundAsync();

        Assert.Single(_receiver.Got);
        Assert.Equal(0, (await webhook.StatusAsync()).Undelivered);
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_shows_in_status_health_and_log_and_is_found_again()
    {
        await using var webhook = await new WebhookLoop(_receiver, settings: ("/Webhooks:ops:Url", "http://127.0.0.1:1/hooks")).StartedAsync();
        for (var i = 0; i < 5; i++)
        {
            await webhook.AlarmAsync($"1-{i}");
            await webhook.RoundAsync();
        }

        webhook.Loop.Clock.Advance(TimeSpan.FromMinutes(6));
        var health = await webhook.HealthAsync();
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains("webhook 'ops' has delivered nothing since", health.Description, StringComparison.Ordinal);
        Assert.Contains("(connection)", health.Description, StringComparison.Ordinal);
        Assert.Single(webhook.Loop.Log.Ids, id => id == 82);
        Assert.Single(webhook.Loop.Log.Ids, id => id == 80);

        webhook.Loop.Configuration[TestLoop.PathOf("/Webhooks:ops:Url")] = _receiver.Url;
        webhook.Loop.Configuration.Reload();
        await webhook.TellAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(5, _receiver.Got.Select(message => message.Id).Distinct().Count());
        Assert.Equal(HealthStatus.Healthy, (await webhook.HealthAsync()).Status);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task A_name_that_leads_inside_is_refused_when_it_is_connected_to(string host)
    {
        var options = new WebhookOptions { Url = $"http://{host}:{_receiver.Port}/hooks", Secrets = { Receiver.Secret } };
        using var sender = new WebhookSender(() => options, TimeProvider.System, _ => { });
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        Assert.Equal("private_address", (await sender.DeliverAsync("msg_1", "{}"u8.ToArray(), patience.Token)).Failure);
        Assert.Empty(_receiver.Got);

        options.AllowPrivateAddresses = true;
        Assert.True((await sender.DeliverAsync("msg_1", "{}"u8.ToArray(), patience.Token)).IsDelivered);
        Assert.Single(_receiver.Got);
    }

    [Fact]
    public async Task While_a_secret_is_changed_a_message_carries_both_signatures()
    {
        var other = WebhookSignature.NewSecret();
        await using var webhook = await new WebhookLoop(_receiver, settings: ("/Webhooks:ops:Secrets:1", other)).StartedAsync();
        await webhook.AlarmAsync();
        await webhook.RoundAsync();

        var message = Assert.Single(_receiver.Got);
        Assert.Equal(WebhookVerification.Valid, message.Verify(webhook.Loop.Clock.GetUtcNow(), Receiver.Secret));
        Assert.Equal(WebhookVerification.Valid, message.Verify(webhook.Loop.Clock.GetUtcNow(), other));
        Assert.Equal(WebhookVerification.WrongSignature, message.Verify(webhook.Loop.Clock.GetUtcNow(), WebhookSignature.NewSecret()));
    }

    [Fact]
    public async Task Of_several_processes_one_sends_and_when_it_dies_another_takes_over()
    {
        await using var one = await new WebhookLoop(_receiver).StartedAsync();
        await using var two = new WebhookLoop(_receiver, one.Loop);
        await using var three = new WebhookLoop(_receiver, one.Loop);
        for (var i = 0; i < 5; i++)
        {
            await one.AlarmAsync($"1-{i}");
            await Task.WhenAll(one.RoundAsync(), two.RoundAsync(), three.RoundAsync());
        }

        Assert.Equal(5, _receiver.Got.Count);
        await one.AlarmAsync("1-5");
        one.Loop.Clock.Advance(TimeSpan.FromSeconds(11));
        await Task.WhenAll(two.RoundAsync(), three.RoundAsync());
        await Task.WhenAll(two.RoundAsync(), three.RoundAsync());
        await one.RoundAsync();

        Assert.Equal(6, _receiver.Got.Count);
        Assert.Equal(6, _receiver.Got.Select(message => message.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_process_that_loses_its_lease_while_it_sends_stops_sending()
    {
        await using var one = await new WebhookLoop(_receiver).StartedAsync();
        _receiver.Answer = _receiver.SilentAsync;
        await one.AlarmAsync();
        var round = one.Courier.RoundAsync(CancellationToken.None);
        await one.Loop.UntilAsync(() => _receiver.Got.Count == 1, TimeSpan.Zero);
        var state = one.Loop.Store;
        var held = (await state.ReadAsync("", "webhook-sender/ops"))!;
        Assert.True(await state.WriteAsync("", "webhook-sender/ops", "elsewhere/1/x", held.Version));
        await one.Loop.UntilAsync(() => round.IsCompleted);

        Assert.False(await round);
        Assert.Equal((1, null), ((await one.StatusAsync()).Undelivered, (await one.StatusAsync()).FailingSince));
        Assert.Single(_receiver.Got);
    }

    [Fact]
    public async Task A_store_that_fails_after_the_receiver_took_it_lets_the_same_id_come_twice_and_nothing_be_lost()
    {
        await using var webhook = await new WebhookLoop(_receiver).StartedAsync();
        await webhook.AlarmAsync();
        var writes = 0;
        webhook.Loop.Store.Before = request => request is "write webhook/ops" && ++writes == 2 ? FaultyStore.Down : null;
        await Assert.ThrowsAsync<StoreException>(webhook.RoundAsync);
        webhook.Loop.Store.Before = null;
        await webhook.RoundAsync();

        Assert.Equal(2, _receiver.Got.Count);
        Assert.Single(_receiver.Got.Select(message => message.Id).Distinct());
        Assert.Equal(0, (await webhook.StatusAsync()).Undelivered);
    }

    [Fact]
    public async Task With_the_host_it_runs_by_itself_and_the_start_no_longer_warns()
    {
        await using var webhook = new WebhookLoop(_receiver, settings: [("/Webhooks:ops:Digest", "00:00:01"), ("/Webhooks:unknown:Url", "https://example.com")]);
        await webhook.Loop.StartAsync();
        await webhook.AlarmAsync();
        await webhook.Loop.UntilAsync(() => _receiver.Got.Count == 1, TimeSpan.FromMilliseconds(20));
        await webhook.Loop.StopAsync();

        Assert.DoesNotContain(2, webhook.Loop.Log.Ids);
        Assert.Contains("'unknown'", Assert.Single(webhook.Loop.Log.Lines, line => line.Id.Id == 87).Text, StringComparison.Ordinal);
        Assert.Equal("", (await ((IWorkflowState)webhook.Loop.Store).ReadAsync("", "webhook-sender/ops"))!.Value);
    }

    [Fact]
    public async Task Attempts_and_what_is_undelivered_are_measured()
    {
        var measured = new List<(string Name, long Value, string Tags)>();
        await using var webhook = new WebhookLoop(_receiver, loop: builder => builder.Services.AddMetrics());
        var factory = webhook.Loop.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Meter.Scope == factory && instrument.Name.StartsWith("humanloop.webhook", StringComparison.Ordinal))
            {
                all.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Add((instrument.Name, value, string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")))));
        listener.Start();
        await webhook.StartedAsync();
        _receiver.Answer = Receiver.Status(503);
        await webhook.AlarmAsync();
        await webhook.RoundAsync();
        listener.RecordObservableInstruments();

        Assert.Equal(
            [("humanloop.webhook.attempts", 1, "humanloop.webhook=ops,humanloop.webhook.result=503"), ("humanloop.webhook.undelivered", 1, "humanloop.webhook=ops")],
            measured.Distinct());
    }
}
