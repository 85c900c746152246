using System.Reflection;
using FsCheck.Xunit;

namespace HumanLoop.Tests.Nouns;

public sealed class DecisionRouteTests
{
    [Fact]
    public void Nothing_public_makes_a_route_but_one_to_review()
    {
        Assert.Empty(typeof(DecisionRoute).GetConstructors(BindingFlags.Public | BindingFlags.Instance));
        var makers = typeof(DecisionRoute).GetMembers(BindingFlags.Public | BindingFlags.Static)
            .Where(member => member is MethodInfo { IsSpecialName: false } method && method.ReturnType == typeof(DecisionRoute)
                || member is PropertyInfo property && property.PropertyType == typeof(DecisionRoute)
                || member is FieldInfo field && field.FieldType == typeof(DecisionRoute));
        Assert.Equal([nameof(DecisionRoute.Review)], makers.Select(member => member.Name));
    }

    [Fact]
    public void A_route_to_review_cannot_be_changed_into_an_act() =>
        Assert.DoesNotContain(typeof(DecisionRoute).GetProperties(), property => property.SetMethod is { IsPublic: true });

    [Fact]
    public void A_route_to_review_does_not_act() => Assert.False(DecisionRoute.Review("large_amount").ActsAtOnce);

    [Fact]
    public void The_default_kind_is_review() => Assert.Equal(RouteKind.Review, default);

    [Theory]
    [InlineData("large_amount")]
    [InlineData("weak_field:total")]
    [InlineData("rule-7.b")]
    [InlineData("a")]
    public void A_reason_is_snake_case(string reason) => Assert.Equal(reason, DecisionRoute.Review(reason).Reason);

    [Theory]
    [InlineData("")]
    [InlineData("Large")]
    [InlineData("large amount")]
    [InlineData("7_days")]
    [InlineData("_x")]
    [InlineData("größe")]
    [InlineData("a\n")]
    [InlineData("<b>")]
    public void Any_other_reason_is_refused(string reason) => Assert.Throws<ArgumentException>(() => DecisionRoute.Review(reason));

    [Fact]
    public void A_reason_has_at_most_100_characters()
    {
        Assert.Equal(100, DecisionRoute.Review(new string('x', 100)).Reason.Length);
        Assert.Throws<ArgumentException>(() => DecisionRoute.Review(new string('x', 101)));
    }

    [Property]
    public bool No_text_slips_through_the_alphabet(string? text)
    {
        try
        {
            return DecisionRoute.Review(text!).Reason.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || "_.:-".Contains(character, StringComparison.Ordinal));
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
