using Club.Desk.Door;
using Club.Desk.Words;
using Club.Kernel;
using Club.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Desk.Frame;

/// <summary>Takes every call of the console: who it is, which page it is for, whether she may.</summary>
public sealed class FrontDesk(RoomList rooms, Session session, Doorman doorman, ClubCalendar calendar, PageAudit audit)
{
    /// <param name="path">What follows the console's own address.</param>
    public async Task<IResult> Answer(HttpRequest request, string? path, CancellationToken cancellation)
    {
        var parts = (path ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is ["assets", var asset]) return DeskAssets.Answer(asset);
        var visit = new Visit
        {
            Path = string.Join('/', parts),
            Query = request.Query,
            Here = $"{Visit.Base}/{string.Join('/', parts.Select(Uri.EscapeDataString))}{request.QueryString}",
            Preferences = Preferences.Of(request),
            Zone = calendar.Zone,
        };
        try
        {
            if (HttpMethods.IsPost(request.Method) && !Origins.AreOurs(request))
                return Refusals.Of(visit, FrameWords.ForeignForm, FrameWords.ForeignFormWhy, StatusCodes.Status403Forbidden);
            var who = await session.Read(request, cancellation);
            visit = visit with { Caller = who.Caller, Rooms = rooms.For(who.Caller) };
            if (await doorman.Answer(request, parts, visit, cancellation) is { } answered) return answered;
            if (who.IsUnavailable)
                return Refusals.Of(visit, FrameWords.IssuerSilent, FrameWords.TryAgain, StatusCodes.Status503ServiceUnavailable);
            if (visit.Caller is null) return Doorman.SendToSignIn(visit);
            return await Enter(request, parts, visit, cancellation);
        }
        catch (StoreException)
        {
            return Refusals.Of(visit, FrameWords.StoreSilent, FrameWords.TryAgain, StatusCodes.Status503ServiceUnavailable);
        }
    }

    private async Task<IResult> Enter(HttpRequest request, string[] parts, Visit visit, CancellationToken cancellation)
    {
        if (parts.Length == 0)
            return visit.Rooms is [var first, ..] ? new SeeOther(Visit.To(first.Path, []))
                : Refusals.Of(visit, FrameWords.NoRooms, FrameWords.NoRoomsWhy, StatusCodes.Status403Forbidden);
        if (rooms.Find(parts[0]) is not { } room) return Refusals.NotFound(visit);
        var isForm = HttpMethods.IsPost(request.Method);
        foreach (var route in room.Routes)
        {
            if (route.IsForm != isForm || route.Match(parts.AsSpan(1)) is not { } values) continue;
            if (!visit.May(route.Right)) return Refusals.Denied(visit);
            return await Answer(request, route, visit with { Values = values, Right = route.Right }, cancellation);
        }
        return Refusals.NotFound(visit);
    }

    private async Task<IResult> Answer(HttpRequest request, Route route, Visit visit, CancellationToken cancellation)
    {
        var handler = request.HttpContext.RequestServices.GetRequiredService(route.Handler);
        if (handler is IPage page)
            return Result(visit, await audit.Run(visit, route, () => page.Show(visit, cancellation), cancellation));
        var (form, status) = await Form.Read(request, route.MostBytes, cancellation);
        return form is null ? Refusals.Of(visit, FrameWords.BadForm, FrameWords.BadFormWhy, status)
            : Result(visit, await audit.Run(visit, route, () => ((IForm)handler).Take(visit, form, cancellation), cancellation));
    }

    private static IResult Result(Visit visit, Reply reply) => reply switch
    {
        Reply.Page page => new PageResult(page.On is { } path ? visit.On(path) : visit, page),
        Reply.Redirect on => new SeeOther(on.Address),
        Reply.Stream stream => new StreamResult(visit, stream),
        Reply.Download file => new DownloadResult(file),
        Reply.NotFound => Refusals.NotFound(visit),
        Reply.Denied => Refusals.Denied(visit),
        _ => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
    };
}
