using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HumanLoop.Extensions.AI.Tests.Assessing;

/// <summary>What models say of themselves and of each other, and combinations.</summary>
public sealed class OtherMethodTests
{
    private static readonly ChatMessage[] Question = [new(ChatRole.System, "Label complaints."), new(ChatRole.User, "My parcel is late.")];

    [Theory]
    [InlineData("""{"answer":"late","confidence":0.85}""", 0.85)]
    [InlineData("""{"answer":"late","confidence":85}""", double.NaN)]
    [InlineData("""{"answer":"late","confidence":"high"}""", double.NaN)]
    [InlineData("""{"answer":"late"}""", double.NaN)]
    public async Task A_model_states_its_confidence_beside_the_answer(string answer, double expected)
    {
        var model = new ScriptedModel(ScriptedModel.Says(answer));

        var decision = await model.GetDecisionAsync(Question, ChatConfidence.Verbalised(NullLogger.Instance), InvoiceJson.Default.String);

        Assert.Equal("late", decision.Proposal);
        Assert.Equal(expected, decision.Confidence!.Value.Value);
        Assert.EndsWith("/verbalised-unearned", decision.Model, StringComparison.Ordinal);
        Assert.Single(model.Asked);
    }

    [Fact]
    public async Task A_stated_confidence_is_unearned_and_warned_of_once_for_each_model()
    {
        var log = new CollectedLog();
        var verbalised = ChatConfidence.Verbalised(log);
        var model = new ScriptedModel(ScriptedModel.Says("""{"answer":"late","confidence":1}"""), ScriptedModel.Says("""{"answer":"late","confidence":1}"""));

        await model.GetDecisionAsync(Question, verbalised, InvoiceJson.Default.String);
        await model.GetDecisionAsync(Question, verbalised, InvoiceJson.Default.String);

        Assert.True(verbalised.IsUnearned);
        Assert.Contains("'scripted-1' says of itself", Assert.Single(log.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"confidence":0.3}""", 0.3)]
    [InlineData("I think it is right.", double.NaN)]
    [InlineData("""{"confidence":-1}""", double.NaN)]
    public async Task A_judge_says_how_likely_the_answer_is_right(string said, double expected)
    {
        var judge = new ScriptedModel(ScriptedModel.Says(said)) { ModelId = "judge-7" };
        var model = new ScriptedModel(ScriptedModel.Says("""{"answer":"late"}"""));

        var decision = await model.GetDecisionAsync(Question, ChatConfidence.Judge(judge, "Lateness is more than a day."), InvoiceJson.Default.String);

        Assert.Equal(expected, decision.Confidence!.Value.Value);
        Assert.Matches("^scripted-1/[0-9a-f]{8}/judge\\(judge-7-[0-9a-f]{8}\\)$", decision.Model);
        Assert.Contains("Lateness is more than a day.", judge.Asked[0].Messages[0].Text, StringComparison.Ordinal);
        Assert.Contains("<answer>\nlate\n</answer>", judge.Asked[0].Messages[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_judge_from_the_services_scores_what_came_without_a_confidence()
    {
        var judge = new ScriptedModel(ScriptedModel.Says("""{"confidence":0.3}"""));
        await using var services = new ServiceCollection().AddKeyedSingleton<IChatClient>("judge", judge).AddSingleton<InvoiceJudge>().BuildServiceProvider();

        var confidence = await services.GetRequiredService<InvoiceJudge>().AssessAsync(new Decision<Invoice>(new("Acme", 2, true)) { Briefing = "An invoice." }, default);

        Assert.Equal(0.3, confidence.Value);
    }

    [Fact]
    public async Task A_source_without_a_question_throws_so_that_a_person_looks() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => new InvoiceJudge(new ScriptedModel()).AssessAsync(new Decision<Invoice>(new("Acme", 2, true)), default).AsTask());

    [Theory]
    [InlineData(0.9, 0.6, 0.6, 0.75)]
    [InlineData(0.9, double.NaN, double.NaN, double.NaN)]
    public async Task Several_methods_make_one_number(double first, double second, double weakest, double mean)
    {
        Assert.Equal(weakest, (await EstimateAsync(ChatConfidence.Weakest(new Says(first), new Says(second)))).Overall.Value);
        Assert.Equal(mean, (await EstimateAsync(ChatConfidence.Mean(new Says(first), new Says(second)))).Overall.Value, 12);
    }

    [Fact]
    public async Task A_method_that_sees_the_whole_says_the_same_of_each_field()
    {
        var fields = new Says(new Dictionary<string, Confidence> { ["a"] = 0.9, ["b"] = 0.4 });

        var estimate = await EstimateAsync(ChatConfidence.Weakest(fields, new Says(0.6)));

        Assert.Equal(0.6, estimate.Fields!["a"].Value);
        Assert.Equal(0.4, estimate.Fields["b"].Value);
        Assert.Equal(0.4, estimate.Overall.Value);
    }

    [Theory]
    [InlineData(0.4, 0.4, 0)]
    [InlineData(0.95, 0.95, 0)]
    [InlineData(0.7, 0.75, 1)] // Half way up the band from 0.6 to 0.9.
    [InlineData(double.NaN, double.NaN, 0)]
    public async Task A_dear_method_is_asked_within_the_band_only(double first, double expected, int asked)
    {
        var second = new Says(0.5);

        var estimate = await EstimateAsync(new Says(first).Between(0.6, 0.9, second));

        Assert.Equal(expected, estimate.Overall.Value, 12);
        Assert.Equal(asked, second.Asked);
    }

    [Fact]
    public void A_changed_method_is_another_score()
    {
        string[] methods =
        [
            new Says(1).Between(0.5, 0.9, new Says(1)).Method,
            new Says(1).Between(0.5, 0.8, new Says(1)).Method,
            ChatConfidence.Weakest(new Says(1), new Says(1)).Method,
            ChatConfidence.Mean(new Says(1), new Says(1)).Method,
            ChatConfidence.SelfConsistency().Method,
            ChatConfidence.SelfConsistency(new() { Samples = 6 }).Method,
            ChatConfidence.SelfConsistency(new() { StopAt = 0.8 }).Method,
            ChatConfidence.Judge(new ScriptedModel()).Method,
            ChatConfidence.Judge(new ScriptedModel(), "Be strict.").Method,
            ChatConfidence.Judge(new ScriptedModel { ModelId = "other" }).Method,
        ];

        Assert.Distinct(methods);
    }

    [Fact]
    public void A_combination_of_one_and_a_band_upside_down_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ChatConfidence.Weakest(new Says(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Says(1).Between(0.9, 0.6, new Says(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Says(1).Between(double.NaN, 0.6, new Says(1)));
    }

    private static async Task<ConfidenceEstimate> EstimateAsync(ChatConfidence confidence) =>
        await confidence.EstimateAsync(new() { Client = new ScriptedModel(), Question = Question, Answer = System.Text.Json.JsonElement.Parse("\"late\"") });

    private sealed class InvoiceJudge([FromKeyedServices("judge")] IChatClient judge) : ChatConfidenceSource<Invoice>(judge, ChatConfidence.Judge(judge), InvoiceJson.Default.Invoice);

    /// <summary>Says what it was told to.</summary>
    private sealed class Says(ConfidenceEstimate estimate) : ChatConfidence
    {
        public Says(double confidence)
            : this(new ConfidenceEstimate { Confidence = confidence })
        {
        }

        public Says(Dictionary<string, Confidence> fields)
            : this(new ConfidenceEstimate { Fields = fields })
        {
        }

        public override string Method => "says";

        public int Asked { get; private set; }

        public override ValueTask<ConfidenceEstimate> EstimateAsync(ChatAnswer answer, CancellationToken cancellationToken = default)
        {
            Asked++;
            return new(estimate);
        }
    }

    private sealed class CollectedLog : ILogger
    {
        public List<string> Warnings { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Warnings.Add(formatter(state, exception));
    }
}
