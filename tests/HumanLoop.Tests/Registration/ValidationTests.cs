using HumanLoop.Tests.Journey;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HumanLoop.Tests.Registration;

public class ValidationTests
{
    /// <summary>Key, value, and what the message says besides workflow and key: value, range and mend.</summary>
    public static TheoryData<string, string, string> Refused => new()
    {
        { "Owner", "ann@example.com, bob@example.com", "is 'ann@example.com, bob@example.com'; it must be one person, not a list: put the others into Review:EscalateTo." },
        { "Owner", "ann;bob", "it must be one person" },
        { "Mode", "Dark", "is 'Dark'; it must be one of Live, Shadow." },
        { "Mode", "7", "it must be one of Live, Shadow." },
        { "Scope:Segments:0", " ", "names of segments; leave the empty one out." },
        { "Scope:Segments", "billing", "is 'billing'; it must be a list: [ \"billing\" ]." },
        { "Metric:Measure", "Fun", "it must be one of StraightThroughRate, HandlingMinutes, ErrorRate, Custom." },
        { "Metric:AtLeast", "60", "is 60; it is a fraction in [0, 1]; did you mean 0.6?" },
        { "Metric:AtLeast", "much", "is 'much'; it must be a number such as 0.05." },
        { "Metric:AtMost", "0.1", "both AtLeast and AtMost; it must have exactly one of them" },
        { "Metric:Baseline", "-1", "is -1; it is a fraction in [0, 1]." },
        { "Metric:By", "tomorrow", "is 'tomorrow'; it must be a date such as 2027-03-31." },
        { "Metric:Guard:AtLeast", "1", "Metric:Guard:Name is missing" },
        { "Metric:Guard:Name", "complaints", "Metric:Guard has neither AtLeast nor AtMost" },
        { "Threshold", "0.9", "is '0.9'; it is a section that holds" },
        { "Threshold:Policy", "Lucky", "it must be one of RiskControlled, Fixed" },
        { "Threshold:Policy", "CostOptimal", "Threshold:CostOfError is missing; it must be a number above 0; the CostOptimal policy needs" },
        { "Threshold:CostOfReview", "0", "is 0; it must be a number above 0" },
        { "Threshold:Streak", "0", "is 0; it must be a whole number from 1, or left out for 3 divided by MaxErrorRate." },
        { "Threshold:Window", "100001", "is 100001; it must be a whole number from 1 to 100000." },
        { "Threshold:Policy", "RiskControlled", "Threshold:Value is 0.9; it must be left out, or used with \"Policy\": \"Fixed\"." },
        { "Threshold:Value", "90", "is 90; it is a fraction in [0, 1]; did you mean 0.9?" },
        { "Threshold:Value", "NaN", "is NaN; it is a fraction in [0, 1]." },
        { "Threshold:MaxErrorRate", "5", "is 5; it is a fraction in (0, 1); did you mean 0.05?" },
        { "Threshold:MaxErrorRate", "0", "is 0; it is a fraction in (0, 1)." },
        { "Threshold:MaxErrorRate", "0,05", "is '0,05'; it must be a number such as 0.05." },
        { "Threshold:MaxErrorRate", "5%", "is '5%'; it must be a number such as 0.05." },
        { "Threshold:Risk", "1", "is 1; it is a fraction in (0, 1)." },
        { "Threshold:Start", "95", "is 95; it is a fraction in [0, 1]; did you mean 0.95?" },
        { "Threshold:AuditBudget", "5", "AuditBudget is 5; it is a fraction in (0, 1]; did you mean 0.05?" },
        { "Threshold:AuditBudget", "0", "is 0; it is a fraction in (0, 1]." },
        { "Threshold:Per", "Person", "it must be one of Workflow, Segment." },
        { "Threshold:Loosening", "Maybe", "it must be one of Automatic, OwnerApproves, Advise." },
        { "Threshold:NeverBelow", "-0.1", "is -0.1; it is a fraction in [0, 1]." },
        { "Threshold:OnNewModel", "Panic", "it must be one of StartAgain, KeepAndCheckAll." },
        { "Threshold:EvidenceDeadline", "00:00:00", "is 00:00:00; it must be a duration from 00:00:00.0010000" },
        { "Threshold:EvidenceDeadline", "40.00:00:00", "IdempotencyWindow is 30.00:00:00; it must be at least Threshold:EvidenceDeadline (40.00:00:00)" },
        { "Review:Deadline", "4h", "is '4h'; it must be a duration, written [days.]hours:minutes:seconds with hours below 24, such as 04:00:00 or 1.12:00:00." },
        { "Review:Deadline", "4", "is '4'; it must be a duration, written [days.]hours:minutes:seconds" },
        { "Review:Deadline", "-01:00:00", "is -01:00:00; it must be a duration from" },
        { "Review:WhenOverdue", "Ignore", "it must be one of Escalate, Hold, Expire." },
        { "Review:EscalateTo", "bob", "it must be a list: [ \"bob\" ]." },
        { "Review:EscalateTo:0", "", "people; leave the empty one out." },
        { "Review:Lease", "00:00:05", "is 00:00:05; it must be a duration from 00:00:10 to 1.00:00:00" },
        { "Review:Reviewers", "11", "is 11; it must be a whole number from 1 to 10." },
        { "Review:Reviewers", "two", "is 'two'; it must be a whole number." },
        { "Review:UndoWindow", "2.00:00:00", "it must be a duration from 00:00:00 to 1.00:00:00" },
        { "Review:MaxPending", "0", "is 0; it must be a whole number from 1, or left out for no limit." },
        { "Review:BlindShare", "5", "is 5; it is a fraction in [0, 1]; did you mean 0.05?" },
        { "Review:BlindShare", "0.1", "is 0.1; it must be 0 without CountAsErrorWhen, which says when a blind answer differs from the AI's. Add .CountAsErrorWhen((proposed, right) => …) to the workflow." },
        { "Threshold:ReviewerMissRate", "1", "is 1; it is a fraction in [0, 1)." },
        { "Threshold:ReviewerFalseAlarmRate", "-0.1", "is -0.1; it is a fraction in [0, 1)." },
        { "Review:MaxAge", "00:00:00", "is 00:00:00; it must be a duration from 00:00:00.0010000 to 3650.00:00:00, written [days.]hours:minutes:seconds." },
        { "Review:WhenFull", "Loosen", "is 'Loosen'; it must be one of Refuse, TellOwner." },
        { "Acting:Timeout", "30", "is '30'; it must be a duration" },
        { "Acting:Timeout", "2.00:00:00", "it must be a duration from 00:00:00.0010000 to 1.00:00:00" },
        { "Acting:Retries", "101", "is 101; it must be a whole number from 0 to 100." },
        { "Acting:Retries", "1.5", "is '1.5'; it must be a whole number." },
        { "Acting:Idempotent", "yes", "is 'yes'; it must be true or false." },
        { "ConfidenceTimeout", "02:00:00", "it must be a duration from 00:00:00.0010000 to 01:00:00" },
        { "IdempotencyWindow", "1.00:00:00", "is 1.00:00:00; it must be at least Threshold:EvidenceDeadline (14.00:00:00): a late answer must still find its decision." },
        { "PayloadRetention", "00:00:00", "it must be a duration from" },
        { "Owner:Name", "ann", "Owner is a section; it must be text." },
        { "Owners", "ann", "is no setting of this version; did you mean Owner?" },
        { "Treshold:MaxErrorRate", "0.05", "did you mean Threshold" },
        { "Threshold:MaxErorRate", "0.05", "did you mean Threshold:MaxErrorRate?" },
        { "AuditBudget", "0.05", "did you mean Threshold:AuditBudget?" },
        { "Review:Timeout", "00:01:00", "did you mean Acting:Timeout?" },
        { "Zzzzzzzzzzzzzzzzzz", "1", "is no setting of this version." },
    };

    public static TheoryData<string, string, string> RefusedForTheApplication => new()
    {
        { "PollInterval", "00:00:00.001", "PollInterval is 00:00:00.0010000; it must be a duration from 00:00:00.0100000 to 00:01:00." },
        { "PollInterval", "1", "PollInterval is '1'; it must be a duration" },
        { "MaxConcurrentActs", "0", "MaxConcurrentActs is 0; it must be a whole number from 1 to 1000." },
        { "AuditKey", "short", "AuditKey is not 16 bytes as Base64" },
        { "AllowOtherEnvironment", "sure", "AllowOtherEnvironment is 'sure'; it must be true or false." },
        { "PolInterval", "00:00:01", "PolInterval is no setting of this version; did you mean PollInterval?" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_setting_that_cannot_be_is_refused_with_workflow_key_value_range_and_mend(string key, string value, string says)
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings((key, value)));

        var refused = Assert.Throws<OptionsValidationException>(() => loop.Router);

        Assert.Contains(refused.Failures, failure => failure.StartsWith("Workflow 'refund': ", StringComparison.Ordinal) && failure.Contains(says, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(RefusedForTheApplication))]
    public async Task A_setting_of_the_application_that_cannot_be_is_refused_at_start(string key, string value, string says)
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(($"/{key}", value)));

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(loop.StartAsync);

        Assert.Contains(refused.Failures, failure => failure.StartsWith("HumanLoop: ", StringComparison.Ordinal) && failure.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Acting:Retries", "-1"), ("Threshold:AuditBudget", "2"), ("Review:MaxPending", "0")));

        Assert.Equal(3, Assert.Throws<OptionsValidationException>(() => loop.Router).Failures.Count());
    }

    [Fact]
    public async Task Values_at_the_ends_of_their_ranges_are_accepted()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(
            ("Threshold:AuditBudget", "1"),
            ("Threshold:Value", "0"),
            ("Threshold:NeverBelow", "1"),
            ("Metric:AtLeast", "1"),
            ("Acting:Retries", "100"),
            ("Acting:Timeout", "1.00:00:00"),
            ("Review:Lease", "00:00:10"),
            ("Review:UndoWindow", "1.00:00:00"),
            ("Review:MaxPending", "1"),
            ("IdempotencyWindow", "14.00:00:00"),
            ("Metric:By", "2027-03-31"),
            ("mode", "shadow")));

        Assert.NotNull(loop.Router);
    }

    [Theory]
    [InlineData("Owner")]
    [InlineData("Metric:Name")]
    [InlineData("Metric:AtLeast")]
    [InlineData("Threshold:MaxErrorRate")]
    [InlineData("Threshold:Value")]
    [InlineData("Owner", "Metric:Name", "Metric:AtLeast", "Threshold:MaxErrorRate")]
    public void A_missing_key_prints_a_block_that_starts_when_it_is_pasted(params string[] missing)
    {
        var settings = TestLoop.Settings(("Owner", "Ann \"the boss\" O'Neill"), ("Metric:Name", "no \\ human"), ("Metric:AtLeast", "0.6"), ("Threshold:MaxErrorRate", "0.05"));
        if (missing[0] == "Threshold:Value")
        {
            (settings["Threshold:Policy"], settings["Threshold:MaxErrorRate"]) = ("Fixed", null);
        }

        foreach (var key in missing)
        {
            settings.Remove(key);
        }

        using var refused = Start(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(TestLoop.PathOf(pair.Key), pair.Value))));
        var failures = Assert.Throws<OptionsValidationException>(() => refused.GetRequiredService<IDecisionRouter<Refund>>()).Failures.ToArray();
        if (missing[0] == "Threshold:Value")
        {
            Assert.Contains("Threshold:Value is missing; it must be a number in [0, 1], which the Fixed policy needs.", failures[0], StringComparison.Ordinal);
            return;
        }

        var block = failures[^1];
        Assert.StartsWith("Paste this into appsettings.json", block, StringComparison.Ordinal);
        var json = block[block.IndexOf('{', StringComparison.Ordinal)..];
        using var pasted = Start(new ConfigurationBuilder().AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json))));
        Assert.NotNull(pasted.GetRequiredService<IDecisionRouter<Refund>>());
    }

    [Fact]
    public void With_no_configuration_at_all_the_block_is_printed_and_starts()
    {
        using var refused = Start(new ConfigurationBuilder());

        var failures = Assert.Throws<OptionsValidationException>(() => refused.GetRequiredService<IDecisionRouter<Refund>>()).Failures.ToArray();

        foreach (var key in new[] { "Owner", "Metric:Name", "Threshold:MaxErrorRate" })
        {
            Assert.Contains(failures, failure => failure.Contains($"{key} is missing. It is one of the three required settings", StringComparison.Ordinal));
        }

        using var pasted = Start(new ConfigurationBuilder().AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(failures[^1][failures[^1].IndexOf('{', StringComparison.Ordinal)..]))));
        Assert.NotNull(pasted.GetRequiredService<IDecisionRouter<Refund>>());
    }

    private static ServiceProvider Start(IConfigurationBuilder configuration)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration.Build());
        services.AddHumanLoop().UseInMemory().AddWorkflow<Refund>(TestLoop.Name);
        return services.BuildServiceProvider();
    }
}
