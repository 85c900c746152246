using System.ComponentModel;
using Microsoft.AspNetCore.Components;

namespace HumanLoop.AspNetCore.Internal;

/// <summary>A part of a page. Components cannot be internal; these are nobody's but this package's, and change without notice.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class View : ComponentBase
{
    /// <summary>What it shows.</summary>
    [Parameter, EditorRequired]
    public object Model { get; set; } = null!;

    /// <summary>What it surrounds.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
