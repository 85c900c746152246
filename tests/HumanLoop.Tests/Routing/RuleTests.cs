using HumanLoop.Tests.Journey;

namespace HumanLoop.Tests.Routing;

public class RuleTests
{
    [Fact]
    public async Task The_first_opinion_wins_and_later_rules_are_not_asked()
    {
        var asked = new List<string>();
        await using var loop = new TestLoop(refund => refund
            .AddPolicy((_, _) => Note("silent", null))
            .AddPolicy((_, _) => Note("first", DecisionRoute.Review("first_opinion")))
            .AddPolicy((_, _) => Note("second", DecisionRoute.Review("second_opinion"))));

        var receipt = await loop.RouteAsync("r-1", 1);

        Assert.Equal("first_opinion", receipt.Route.Reason);
        Assert.Equal(["silent", "first"], asked);
        Assert.False((await loop.ItemAsync("r-1")).Routed.Eligible);
        Assert.Empty(loop.Handler.Calls);

        DecisionRoute? Note(string name, DecisionRoute? opinion)
        {
            asked.Add(name);
            return opinion;
        }
    }

    [Fact]
    public async Task A_rule_sees_the_confidence_that_is_judged()
    {
        Confidence? seen = null;
        await using var loop = new TestLoop(refund => refund.UseConfidence((_, _) => new(0.7)).AddPolicy((_, confidence) =>
        {
            seen = confidence;
            return null;
        }));

        await loop.RouteAsync("r-1", null);

        Assert.Equal(new Confidence(0.7), seen);
    }

    [Fact]
    public async Task A_rule_that_throws_sends_the_decision_to_review()
    {
        await using var loop = new TestLoop(refund => refund.AddPolicy((_, _) => throw new InvalidOperationException("secret")));

        var receipt = await loop.RouteAsync("r-1", 1);

        Assert.Equal((RouteKind.Review, RouteReasons.RuleFailed), (receipt.Route.Kind, receipt.Route.Reason));
        Assert.Contains(12, loop.Log.Ids);
        Assert.Empty(loop.Handler.Calls);
    }

    [Fact]
    public async Task A_rule_that_hands_back_an_old_straight_through_route_cannot_force_an_act()
    {
        DecisionRoute? kept = null;
        await using var loop = new TestLoop(refund => refund.AddPolicy((_, _) => kept));
        kept = (await loop.RouteAsync("r-1", 1)).Route;
        Assert.Equal(RouteKind.StraightThrough, kept.Kind);

        var receipt = await loop.RouteAsync("r-2", 0.1);

        Assert.Equal((RouteKind.Review, RouteReasons.RuleFailed), (receipt.Route.Kind, receipt.Route.Reason));
        Assert.Contains(12, loop.Log.Ids);
        Assert.Single(loop.Handler.Calls);
    }

    [Fact]
    public void No_public_way_makes_a_route_that_acts()
    {
        Assert.Empty(typeof(DecisionRoute).GetConstructors());
        var makers = typeof(DecisionRoute).GetMethods().Where(method => method.IsStatic && method.ReturnType == typeof(DecisionRoute));
        Assert.Equal("Review", Assert.Single(makers).Name);
        Assert.All(typeof(DecisionRoute).GetProperties(), property => Assert.False(property.CanWrite));
    }

    [Fact]
    public async Task What_is_out_of_scope_goes_to_a_person_and_enters_no_count()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Scope:Segments:0", "small"), ("Scope:Segments:1", "medium")));

        Assert.Equal(RouteKind.StraightThrough, (await loop.Router.RouteAsync(TestLoop.Decision("in") with { Segment = "medium" })).Route.Kind);
        foreach (var segment in new[] { "large", "Medium", null })
        {
            var receipt = await loop.Router.RouteAsync(TestLoop.Decision($"out-{segment}") with { Segment = segment });
            Assert.Equal((RouteKind.Review, RouteReasons.OutOfScope), (receipt.Route.Kind, receipt.Route.Reason));
            Assert.False((await loop.ItemAsync($"out-{segment}")).Routed.Eligible);
        }
    }

    [Fact]
    public async Task Decisions_that_cannot_be_recorded_as_they_are_get_refused_before_anything_happens()
    {
        await using var loop = new TestLoop();
        Decision<Refund>[] broken =
        [
            TestLoop.Decision("r") with { Id = default },
            new(null!) { Id = "r" },
            TestLoop.Decision("r") with { Segment = "" },
            TestLoop.Decision("r") with { Model = new string('m', 201) },
            TestLoop.Decision("r") with { Link = new Uri("file:///etc/passwd") },
            TestLoop.Decision("r") with { Link = new Uri("javascript:alert(1)") },
            TestLoop.Decision("r") with { Link = new Uri("relative", UriKind.Relative) },
        ];
        foreach (var decision in broken)
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await loop.Router.RouteAsync(decision));
        }

        await Assert.ThrowsAsync<ArgumentNullException>(async () => await loop.Router.RouteAsync(null!));
        Assert.Empty(await loop.JournalAsync());
    }
}
