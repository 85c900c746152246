using FsCheck;
using FsCheck.Xunit;
using HumanLoop.AspNetCore.Comparing;

namespace HumanLoop.AspNetCore.Tests.Comparing;

public sealed class WordDiffTests
{
    [Property(MaxTest = 500)]
    public void What_stayed_and_went_is_the_text_before_and_what_stayed_and_came_the_text_after(NonNull<string> before, NonNull<string> after)
    {
        var parts = WordDiff.Of(before.Get, after.Get);
        Assert.Equal(before.Get, string.Concat(parts.Where(part => part.Kind != '+').Select(part => part.Text)));
        Assert.Equal(after.Get, string.Concat(parts.Where(part => part.Kind != '-').Select(part => part.Text)));
        Assert.All(parts.Zip(parts.Skip(1)), pair => Assert.NotEqual(pair.First.Kind, pair.Second.Kind));
    }

    [Fact]
    public void One_word_that_changed_is_one_word_that_went_and_one_that_came() =>
        Assert.Equal([new(' ', "the "), new('-', "broken"), new('+', "late"), new(' ', " lamp")], WordDiff.Of("the broken lamp", "the late lamp"));

    [Fact]
    public void Long_texts_that_share_nothing_cost_no_time()
    {
        var parts = WordDiff.Of(string.Join(' ', Enumerable.Range(0, 100_000)), string.Join(' ', Enumerable.Range(200_000, 100_000)));
        Assert.Equal(2, parts.Count(part => part.Kind != ' '));
    }
}
