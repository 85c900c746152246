using HumanLoop.AspNetCore.Comparing;
using HumanLoop.AspNetCore.Forms;

namespace HumanLoop.AspNetCore.Pages;

/// <summary>One review on a page of its own, to be read.</summary>
internal sealed record ReviewView(Frame Frame, CardView Card, IReadOnlyList<FieldChange> Changes, bool MayReview)
{
    public Review Review => Card.Review;

    public FormField Shown => Card.Form;

    public DeskReply.DoneView Done => new(Review, null);
}
