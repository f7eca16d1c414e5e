using Club.Desk.Door;
using Club.Desk.Frame;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Desk;

public static class DeskServices
{
    /// <summary>The console, beside the club and its ports.</summary>
    public static IServiceCollection AddDesk(this IServiceCollection services)
    {
        var rooms = new RoomList();
        foreach (var room in rooms.All)
        {
            room.Add(services);
            foreach (var handler in room.Routes.Select(route => route.Handler)) services.AddTransient(handler);
        }
        return services.AddSingleton(rooms).AddSingleton<Session>().AddSingleton<OneTimeCodes>().AddSingleton<SignInDesk>()
            .AddSingleton<SignInCookie>().AddSingleton<IssuerDoor>().AddSingleton<Doorman>().AddSingleton<FrontDesk>()
            .AddSingleton<PageAudit>();
    }
}
