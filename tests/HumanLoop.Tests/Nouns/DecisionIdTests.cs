using FsCheck.Xunit;

namespace HumanLoop.Tests.Nouns;

public sealed class DecisionIdTests
{
    [Property]
    public bool Any_text_is_an_id_or_refused_and_comes_back_unchanged(string? text)
    {
        try
        {
            return new DecisionId(text!).Value == text && text!.Length is > 0 and <= DecisionId.MaxLength;
        }
        catch (ArgumentException)
        {
            return text is null or { Length: 0 or > DecisionId.MaxLength } || text.Any(char.IsControl) || text.Any(char.IsSurrogate);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("a\u0000")]
    [InlineData("\u0085")]
    public void What_cannot_be_stored_everywhere_is_refused(string text) => Assert.Throws<ArgumentException>(() => new DecisionId(text));

    [Fact]
    public void An_unpaired_surrogate_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new DecisionId("\uD83D"));
        Assert.Throws<ArgumentException>(() => new DecisionId("\uDCE6x"));
    }

    [Fact]
    public void The_longest_id_has_200_characters()
    {
        Assert.Equal(200, new DecisionId(new string('x', 200)).Value.Length);
        Assert.Throws<ArgumentException>(() => new DecisionId(new string('x', 201)));
    }

    [Fact]
    public void Ids_are_compared_ordinally()
    {
        Assert.NotEqual(new DecisionId("a"), new DecisionId("A"));
        Assert.NotEqual(new DecisionId("\u00E9"), new DecisionId("e\u0301"));
        Assert.NotEqual(new DecisionId("a"), new DecisionId("a "));
        Assert.Equal(new DecisionId("\U0001F4E6"), "\U0001F4E6");
    }

    [Fact]
    public void The_default_is_empty_and_no_text_equals_it()
    {
        Assert.True(default(DecisionId).IsEmpty);
        Assert.Equal("", default(DecisionId).Value);
        Assert.False(DecisionId.New().IsEmpty);
    }

    [Fact]
    public void New_ids_differ_and_sort_by_time()
    {
        var ids = Enumerable.Range(0, 100).Select(_ => DecisionId.New().Value).ToList();
        Assert.Equal(100, ids.Distinct().Count());
        Assert.True(string.CompareOrdinal(ids[0][..13], ids[^1][..13]) <= 0);
    }

    [Fact]
    public void A_review_is_named_by_workflow_and_id_and_read_back()
    {
        var id = new ReviewId("refund", "2026/17");
        Assert.Equal("refund/2026/17", id.ToString());
        Assert.Equal(id, ReviewId.Parse("refund/2026/17"));
        foreach (var text in new[] { "refund", "/17", "refund/", "refund/a\nb" })
        {
            Assert.Throws<FormatException>(() => ReviewId.Parse(text));
        }
    }
}
