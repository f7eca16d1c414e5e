using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Kernel;
using Microsoft.AspNetCore.Components;

namespace Club.Desk.Parts;

/// <summary>A component that speaks the language of whoever looks at it.</summary>
public abstract class View : ComponentBase
{
    [CascadingParameter] public Visit Visit { get; set; } = null!;

    protected string T(Said said) => said.In(Visit.Language);

    protected Language Language => Visit.Language;
}

/// <summary>What a page, or a piece of one, shows of its model.</summary>
public abstract class View<TModel> : View
{
    [Parameter] public TModel Model { get; set; } = default!;
}

/// <summary>Where the pieces of a page come that is written bit by bit.</summary>
public sealed class StreamPlace : View<object?>
{
    public const string Marker = "<!--pieces-->";

    protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) =>
        builder.AddMarkupContent(0, $"<div class=\"steps\" aria-live=\"polite\">{Marker}</div>");
}
