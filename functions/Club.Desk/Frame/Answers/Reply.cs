using Club.Desk.Words;
using Club.Kernel;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Frame;

/// <summary>What a page answers.</summary>
public abstract record Reply
{
    /// <summary>The status with which it is answered.</summary>
    public int Code => this switch
    {
        Page page => page.Status,
        Redirect => StatusCodes.Status303SeeOther,
        NotFound => StatusCodes.Status404NotFound,
        Denied => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status200OK,
    };

    /// <summary>Whom it tells about.</summary>
    public IEnumerable<MemberId> Members => (this as Page)?.Model is IShowsMembers shown ? shown.Members : [];

    /// <summary>A page: a component and what it shows.</summary>
    public sealed record Page(Type Component, object? Model, Said Title) : Reply
    {
        public int Status { get; init; } = StatusCodes.Status200OK;

        /// <summary>The path of the page that it is, where a form answers with it; null: the one that was asked for.</summary>
        public string? On { get; init; }
    }

    /// <summary>On to another address of the console, after something was done.</summary>
    public sealed record Redirect(string Address) : Reply;

    /// <summary>The same for what is not there and for what is not hers to see.</summary>
    public sealed record NotFound : Reply;

    /// <summary>She may see the page, and not do this.</summary>
    public sealed record Denied : Reply;

    /// <summary>A page whose middle is written while it is worked out.</summary>
    /// <param name="Pieces">Components with their models, one after the other.</param>
    /// <param name="Enter">A place for the work, taken when writing begins and given back when it ends, whoever is gone; null: there is
    /// none now.</param>
    /// <param name="Busy">What is answered then.</param>
    public sealed record Stream(Said Title, Func<CancellationToken, IAsyncEnumerable<(Type Component, object? Model)>> Pieces,
        Func<IDisposable?> Enter, Page Busy) : Reply;

    /// <summary>A file, written as it is read.</summary>
    public sealed record Download(string Type, string Name, Func<System.IO.Stream, CancellationToken, Task> Write) : Reply;

    public static Page Of<T>(object? model, Said title, int status = StatusCodes.Status200OK, string? on = null) where T : IComponent =>
        new(typeof(T), model, title) { Status = status, On = on };

    public static Reply To(string room, IEnumerable<string> parts, params ReadOnlySpan<(string Name, string? Value)> query) =>
        new Redirect(Visit.To(room, parts, query));

    public static Reply Nothing { get; } = new NotFound();
}
