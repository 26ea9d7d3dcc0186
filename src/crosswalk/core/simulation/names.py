"""Invented names of four naming traditions of the Central Valley, with their everyday short forms."""

from __future__ import annotations

from dataclasses import dataclass

from crosswalk.core.simulation.chance import Chance, Odds


def words(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


@dataclass(frozen=True)
class Tradition:
    """How a group of families names its children: given names by sex, surnames, whether both parents' are kept."""

    name: str
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    two_surnames: bool
    languages: Odds[str]
    race: Odds[str]


HISPANIC = Tradition(
    "hispanic",
    words(
        """
        Maria Guadalupe Rosa Ana Carmen Juana Leticia Veronica Patricia Alejandra Elena Gabriela Teresa
        Silvia Esperanza Yolanda Norma Alma Josefina Margarita Blanca Irma Beatriz Marisol Daniela
        Valeria Ximena Camila Sofia Isabel Dolores Concepcion Graciela Araceli Lorena Rocio Angelica
        Consuelo Francisca Luz
        """
    ),
    words(
        """
        Jose Juan Luis Carlos Jesus Miguel Francisco Antonio Manuel Pedro Alejandro Ramon Roberto
        Fernando Jorge Ricardo Eduardo Rafael Javier Arturo Sergio Raul Salvador Ruben Enrique Martin
        Guillermo Armando Alfredo Gustavo Ignacio Ernesto Hector Victor Diego Mateo Santiago Emiliano
        Gilberto Rogelio
        """
    ),
    words(
        """
        Garcia Hernandez Lopez Martinez Gonzalez Rodriguez Perez Sanchez Ramirez Torres Flores Rivera
        Gomez Diaz Cruz Morales Reyes Gutierrez Ortiz Ramos Mendoza Ruiz Alvarez Castillo Vasquez
        Jimenez Moreno Romero Herrera Medina Aguilar Vargas Castro Guzman Mendez Munoz Salazar Soto
        Delgado Pena Rios Silva Contreras Sandoval Guerrero Ortega Estrada Nunez Avila Cervantes Rosales
        Zamora Lara Valencia Ochoa Trujillo Cisneros Ledesma Arellano Quintero Bautista Velasco Zaragoza
        Tapia Renteria Villanueva Barajas Cazares Espinosa Fuentes
        """
    ),
    True,
    Odds({"English": 0.5, "Spanish": 0.48, "Mixteco": 0.02}),
    Odds({"Hispanic": 0.93, "White": 0.05, "": 0.02}),
)
ANGLO = Tradition(
    "anglo",
    words(
        """
        Mary Linda Patricia Susan Deborah Barbara Karen Nancy Donna Cynthia Sandra Pamela Sharon
        Kathleen Carol Diane Brenda Cheryl Janet Elizabeth Angela Melissa Jennifer Amy Michelle Kimberly
        Tiffany Crystal Amber Brittany Ashley Jessica Sarah Samantha Taylor Hannah Madison Destiny
        Keisha Latoya Ebony Jasmine Aaliyah Nevaeh Tamika Shanice
        """
    ),
    words(
        """
        James John Robert Michael William David Richard Thomas Charles Gary Larry Ronald Kenneth Steven
        Timothy Jeffrey Mark Scott Kevin Brian Jason Eric Ryan Joshua Justin Brandon Tyler Cody Zachary
        Dylan Austin Jordan Terrence Darnell Marcus Tyrone DeShawn Jamal Andre Malik Isaiah Elijah Caleb
        Wesley
        """
    ),
    words(
        """
        Smith Johnson Williams Brown Jones Davis Miller Wilson Moore Taylor Anderson Thomas Jackson
        White Harris Martin Thompson Robinson Clark Lewis Lee Walker Hall Allen Young King Wright Scott
        Green Baker Adams Nelson Hill Campbell Mitchell Roberts Carter Phillips Evans Turner Parker
        Collins Edwards Stewart Morris Rogers Reed Cook Bell Murphy Bailey Cooper Richardson Cox Howard
        Ward Peterson Gray James Watson Brooks Kelly Sanders Price Bennett Wood Barnes Ross Henderson
        Coleman Jenkins Perry Powell Long Avila Silveira Mendes Machado
        """
    ),
    False,
    Odds({"English": 0.97, "Portuguese": 0.03}),
    Odds(
        {
            "White": 0.67,
            "Black or African American": 0.24,
            "American Indian or Alaska Native": 0.05,
            "": 0.04,
        }
    ),
)
EAST_ASIAN = Tradition(
    "east asian",
    words(
        """
        Mai Pa Nou Yer Xia Kia Bao Linh Thuy Hoa Lan Phuong Marites Rosalinda Divina Evangeline Maricel
        Mei Xiu Ling Jia Wei Boun Chanthy Sophea
        """
    ),
    words(
        """
        Tou Chue Kou Pao Xeng Fue Ger Tuan Minh Duc Quang Hung Rodel Renato Danilo Ferdinand Arnel Jian
        Hao Ming Bounmy Sokha Vanna Somchai Khamphet
        """
    ),
    words(
        """
        Vang Xiong Yang Lor Thao Her Moua Lee Vue Cha Nguyen Tran Pham Le Hoang Santos Bautista Dela-
        Rosa Villanueva Manalo Pascual Wong Chen Li Huang Saechao Phommachanh Sok Chea Keo
        """
    ),
    False,
    Odds({"English": 0.5, "Hmong": 0.2, "Tagalog": 0.12, "Vietnamese": 0.1, "Lao": 0.04, "Mandarin": 0.04}),
    Odds({"Asian": 0.93, "Native Hawaiian or Pacific Islander": 0.05, "": 0.02}),
)
SOUTH_WEST_ASIAN = Tradition(
    "south and west asian",
    words(
        """
        Harpreet Gurpreet Jaspreet Manjit Simran Kiran Navdeep Rajwinder Parminder Amandeep Ani Lusine
        Nairi Huda Amal Fatima Yasmin Noor Zaynab Shirin
        """
    ),
    words(
        """
        Gurdeep Harjit Balwinder Sukhdev Manpreet Kulwinder Jagjit Ranjit Surinder Arjun Aram Hovsep
        Vartan Yousef Ahmed Saleh Khalid Nasser Omid Reza
        """
    ),
    words(
        """
        Singh Kaur Gill Sandhu Dhaliwal Sidhu Grewal Brar Dhillon Bains Petrosyan Hakobyan Sargsyan
        Avetisyan Alawi Nasser Saleh Hadi Karimi Rahimi
        """
    ),
    False,
    Odds({"English": 0.55, "Punjabi": 0.27, "Arabic": 0.12, "Armenian": 0.04, "Farsi": 0.02}),
    Odds({"Asian": 0.6, "Middle Eastern or North African": 0.34, "": 0.06}),
)
#: Shares of the county's Medi-Cal members and of its homeless clients (record-linkage.md 2.1; hmis.md 4.3).
MEMBERS = Odds({HISPANIC: 0.62, ANGLO: 0.27, EAST_ASIAN: 0.07, SOUTH_WEST_ASIAN: 0.04})
CLIENTS = Odds({HISPANIC: 0.44, ANGLO: 0.48, EAST_ASIAN: 0.05, SOUTH_WEST_ASIAN: 0.03})

#: The form somebody says at an intake desk instead of the name on the card.
SHORT = {
    "Guadalupe": "Lupe", "Francisco": "Paco", "Jose": "Pepe", "Jesus": "Chuy", "Ignacio": "Nacho",
    "Antonio": "Tony", "Manuel": "Manny", "Roberto": "Beto", "Eduardo": "Lalo", "Guillermo": "Memo",
    "Enrique": "Kike", "Rafael": "Rafa", "Alejandro": "Alex", "Alejandra": "Ale", "Dolores": "Lola",
    "Concepcion": "Concha", "Consuelo": "Chelo", "Rosa": "Rosie", "Teresa": "Tere", "Leticia": "Lety",
    "Graciela": "Chela", "Isabel": "Chabela", "Josefina": "Josie", "Gabriela": "Gaby", "Salvador": "Chava",
    "James": "Jim", "John": "Jack", "Robert": "Bob", "Michael": "Mike", "William": "Bill", "David": "Dave",
    "Richard": "Rick", "Thomas": "Tom", "Charles": "Chuck", "Kenneth": "Ken", "Steven": "Steve",
    "Timothy": "Tim", "Jeffrey": "Jeff", "Joshua": "Josh", "Zachary": "Zach", "Patricia": "Patty",
    "Deborah": "Debbie", "Barbara": "Barb", "Cynthia": "Cindy", "Elizabeth": "Liz", "Jennifer": "Jenny",
    "Kimberly": "Kim", "Samantha": "Sam", "Jessica": "Jess", "Kathleen": "Kathy", "Susan": "Sue",
}  # fmt: skip
STREET_NAMES = (
    "Tex",
    "Shorty",
    "Red",
    "Slim",
    "Duke",
    "Mama J",
    "Bear",
    "Ace",
    "Flaco",
    "Güero",
    "Smiley",
    "Doc",
)

_HEADS = words(
    """
    Al Bar Cal Dun El Far Gal Har Is Jor Kel Lan Mar Nor Ol Pem Quin Ros Sar Tal Ul Ver Wes Yar Zam
    """
)
_HEARTS = words(
    """
    a e i o u an en in or un al el ar er ad im ov av am ib
    """
)
_TAILS = words(
    """
    mont ver dez rado lund beck ford sen ski ello ardo ani oza ell ine ton quez veda rosa mar
    """
)


def surname(chance: Chance, tradition: Tradition) -> str:
    """A surname: mostly common ones, the first of the list far more often; one in six from a long invented tail."""
    if chance.random() < 0.17:
        return chance.choice(_HEADS) + chance.choice(_HEARTS) + chance.choice(_TAILS)
    share = chance.random()
    return tradition.surnames[int(len(tradition.surnames) * share * share)]


def given_name(chance: Chance, tradition: Tradition, sex: str) -> str:
    """A given name; the first of the list are the common ones."""
    pool = tradition.women if sex == "F" else tradition.men
    return pool[int(len(pool) * chance.random() ** 1.5)]
